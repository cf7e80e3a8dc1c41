package dev.muster.actors.simulation;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Looks for a small run that fails as another does: by the same invariant, noticed in the same
 * place. Fewer kinds of faults, fewer steps, and fewer statements of its schedule.
 */
final class Shrinking {
  private final Simulation.Failure failure;
  private Simulation smallest;
  private int runsLeft;

  private Shrinking(Simulation failing, Simulation.Failure failure, int runs) {
    this.smallest = failing;
    this.failure = failure;
    this.runsLeft = runs;
  }

  /**
   * The smallest that was found; the same where it does not fail.
   *
   * @param runs at most so many are tried
   */
  static Simulation of(Simulation simulation, int runs) {
    return simulation
        .run()
        .failure()
        .map(failure -> new Shrinking(simulation, failure, runs).smallest())
        .orElse(simulation);
  }

  private Simulation smallest() {
    steps();
    for (Fault fault : Fault.values()) {
      if (smallest.faults().contains(fault)) {
        attempt(smallest.without(fault));
      }
    }
    steps();
    statements();
    steps();
    return smallest;
  }

  private boolean attempt(Simulation candidate) {
    boolean fails = runsLeft-- > 0 && candidate.run().failure().filter(failure::isLike).isPresent();
    if (fails) {
      smallest = candidate;
    }
    return fails;
  }

  /** Up to the failure a run is the same; where it fails in calm, some lengths are tried. */
  private void steps() {
    long failedAt = smallest.run().failedAtStep();
    if (failedAt < smallest.steps()) {
      attempt(smallest.withSteps((int) failedAt + 1));
      return;
    }
    for (int length = smallest.steps() / 2; length > 0; length /= 2) {
      if (!attempt(smallest.withSteps(length))) {
        return;
      }
    }
  }

  /** In ever smaller runs of neighbours, down to the single statement. */
  private void statements() {
    int said = smallest.run().statements();
    for (int length = Integer.highestOneBit(Math.max(1, said)); length > 0; length /= 2) {
      for (int from = 0; from < said; from += length) {
        SortedSet<Integer> unsaid = new TreeSet<>(smallest.unsaid());
        boolean fewer = false;
        for (int number = from; number < Math.min(said, from + length); number++) {
          fewer |= unsaid.add(number);
        }
        if (fewer) {
          attempt(smallest.leavingUnsaid(unsaid));
        }
      }
    }
  }
}

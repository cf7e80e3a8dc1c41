package dev.muster.actors.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The invariants hold whatever happens, and the simulation would see it if they did not. */
class SimulationTest {
  private static final int STEPS_PER_SEED = 10_000;
  private static final long STEPS = Long.getLong("muster.simulation.steps", 1_000_000);
  private static final long FIRST_SEED = Long.getLong("muster.simulation.from", 1);
  private static final int SEEDS_FOR_A_DEFECT = 100;
  private static final int RUNS_OF_SHRINKING = 400;

  /** The seeds that were found to be so. */
  private static final Set<Long> IN_ORDER = new HashSet<>();

  @Test
  void theInvariantsHoldInEveryWorld(TestReporter reporter) {
    Long replayed = Long.getLong("muster.simulation.seed");
    if (replayed != null) {
      check(Simulation.of(replayed, STEPS_PER_SEED));
      return;
    }
    long steps = 0;
    long events = 0;
    long begunNanos = System.nanoTime();
    for (long seed = FIRST_SEED; steps < STEPS; seed++) {
      Simulation.Outcome outcome = check(Simulation.of(seed, STEPS_PER_SEED));
      IN_ORDER.add(seed);
      steps += outcome.steps();
      events += outcome.events();
    }
    double seconds = (System.nanoTime() - begunNanos) / 1e9;
    reporter.publishEntry(
        "simulation",
        "%,d steps, %,d events, %.0f s, %,.0f steps/s"
            .formatted(steps, events, seconds, steps / seconds));
  }

  private static Simulation.Outcome check(Simulation simulation) {
    Simulation.Outcome outcome = simulation.run();
    if (outcome.failure().isPresent()) {
      Simulation shrunk = Shrinking.of(simulation, RUNS_OF_SHRINKING);
      fail(
          "replay with -Dmuster.simulation.seed="
              + simulation.seed()
              + "\n"
              + outcome.failure().get().text()
              + "\nshrunk to "
              + describe(shrunk)
              + ": "
              + shrunk.run().failure().orElseThrow().text());
    }
    return outcome;
  }

  private static String describe(Simulation simulation) {
    List<Integer> said = new ArrayList<>();
    for (int number = 0; number < simulation.run().statements(); number++) {
      if (!simulation.unsaid().contains(number)) {
        said.add(number);
      }
    }
    return simulation.steps() + " steps, " + simulation.faults() + ", statements " + said;
  }

  /** What is left out can be a fault, steps or a single statement; it fails as it did before. */
  @Test
  void aFailingRunIsShrunkToOneThatFailsAlike() {
    Simulation failing = Simulation.of(8, STEPS_PER_SEED).with(Plant.CLUSTER_ANSWERS_BEFORE_WRITE);
    Simulation shrunk = Shrinking.of(failing, RUNS_OF_SHRINKING);
    Simulation.Outcome outcome = shrunk.run();
    Simulation.Failure before = failing.run().failure().orElseThrow();
    assertTrue(outcome.failure().filter(before::isLike).isPresent(), () -> "" + outcome.failure());
    assertEquals(Set.of(), shrunk.faults());
    assertTrue(
        outcome.statements() - shrunk.unsaid().size() <= 3, () -> "says more: " + describe(shrunk));
    assertTrue(shrunk.steps() < failing.run().failedAtStep());
  }

  @Test
  void theSameSeedWritesTheSameJournal() {
    for (long seed : List.of(3L, 14L, 15L)) {
      Simulation simulation = Simulation.of(seed, STEPS_PER_SEED);
      assertEquals(simulation.run().journal(), simulation.run().journal());
    }
  }

  /** By the invariant that it is said to violate; without it the same worlds are in order. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedDefectIsFound(Plant plant) {
    List<String> others = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS_FOR_A_DEFECT; seed++) {
      Simulation simulation = Simulation.of(seed, STEPS_PER_SEED);
      Simulation.Outcome outcome = simulation.with(plant).run();
      if (outcome.failure().isPresent() && IN_ORDER.add(seed)) {
        check(simulation);
      }
      if (outcome.violates(plant.invariant())) {
        return;
      }
      outcome.failure().ifPresent(failure -> others.add(failure.text()));
    }
    fail("nobody noticed " + plant + " by invariant " + plant.invariant() + ", but " + others);
  }
}

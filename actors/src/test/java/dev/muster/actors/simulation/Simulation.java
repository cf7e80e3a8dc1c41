package dev.muster.actors.simulation;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One run of a world: bad times for a number of steps, then calm, in which everything must come to
 * rest. The same run, the same journal.
 *
 * @param unsaid the statements that are left out, by their numbers
 */
record Simulation(long seed, int steps, Set<Fault> faults, Plant plant, SortedSet<Integer> unsaid) {
  private static final long REST_BOUND_MICROS = 180_000_000;
  private static final int STEPS_BETWEEN_SWEEPING_CHECKS = 64;
  private static final int STEPS_BETWEEN_READINGS = 512;

  /**
   * What came of it.
   *
   * @param steps taken, those in calm included
   * @param statements that were to be said
   * @param failure what was violated
   * @param failedAtStep the number of the step that violated it
   */
  record Outcome(
      long steps,
      int statements,
      long events,
      Optional<Failure> failure,
      long failedAtStep,
      String journal) {
    /** Whether this invariant was violated. */
    boolean violates(int invariant) {
      return failure.filter(one -> one.invariant() == invariant).isPresent();
    }
  }

  /**
   * What went wrong.
   *
   * @param invariant its number; 0 where the product itself found something impossible
   * @param seenAt the place that noticed
   */
  record Failure(int invariant, String seenAt, String text) {
    private static Failure of(Violation violation) {
      return new Failure(violation.invariant(), violation.seenAt(), violation.getMessage());
    }

    private static Failure of(RuntimeException impossible) {
      return new Failure(0, impossible.getClass().getName(), impossible.toString());
    }

    /** The same check has failed, whatever it says of it. */
    boolean isLike(Failure other) {
      return invariant == other.invariant && seenAt.equals(other.seenAt);
    }
  }

  static Simulation of(long seed, int steps) {
    return new Simulation(seed, steps, EnumSet.allOf(Fault.class), Plant.NONE, new TreeSet<>());
  }

  Simulation with(Plant other) {
    return new Simulation(seed, steps, faults, other, unsaid);
  }

  Simulation without(Fault fault) {
    Set<Fault> fewer = EnumSet.copyOf(faults);
    fewer.remove(fault);
    return new Simulation(seed, steps, fewer, plant, unsaid);
  }

  Simulation withSteps(int fewer) {
    return new Simulation(seed, fewer, faults, plant, unsaid);
  }

  Simulation leavingUnsaid(SortedSet<Integer> statements) {
    return new Simulation(seed, steps, faults, plant, statements);
  }

  Outcome run() {
    World world = null;
    long step = 0;
    try {
      world = new World(this);
      for (; step < steps; step++) {
        step(world, step);
      }
      world.chance().calmDown();
      world.calm();
      long restBy = world.agenda().nowMicros() + REST_BOUND_MICROS;
      for (; step % STEPS_BETWEEN_SWEEPING_CHECKS != 0 || unrest(world, restBy); step++) {
        step(world, step);
      }
      world.checks().past().rebuild();
      return outcome(world, step, Optional.empty());
    } catch (Violation violation) {
      return outcome(world, step, Optional.of(Failure.of(violation)));
    } catch (RuntimeException impossible) {
      return outcome(world, step, Optional.of(Failure.of(impossible)));
    }
  }

  private static void step(World world, long step) {
    world.agenda().step();
    world.checks().stepped();
    if (step % STEPS_BETWEEN_SWEEPING_CHECKS == 0) {
      world.checks().orphans();
      world.checks().scaling().bursts();
    }
    if (step % STEPS_BETWEEN_READINGS == 0) {
      world.checks().past().readOn();
    } else if (step % STEPS_BETWEEN_READINGS == STEPS_BETWEEN_READINGS / 2) {
      world.checks().past().begin();
    }
  }

  private static boolean unrest(World world, long restByMicros) {
    Optional<Unrest> unrest = world.checks().unrest();
    if (unrest.isPresent() && world.agenda().nowMicros() > restByMicros) {
      throw new Violation(unrest.get().invariant(), unrest.get().why());
    }
    return unrest.isPresent();
  }

  private static Outcome outcome(World world, long step, Optional<Failure> failure) {
    return world == null
        ? new Outcome(step, 0, 0, failure, step, "")
        : new Outcome(
            step,
            world.statements(),
            world.journal().eventCount(),
            failure,
            step,
            world.journal().text());
  }
}

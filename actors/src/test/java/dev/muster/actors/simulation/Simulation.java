package dev.muster.actors.simulation;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One run of a world: bad times for a number of steps, then calm, in which everything must come to
 * rest. The same run, the same journal.
 */
record Simulation(long seed, int steps, Set<Fault> faults, Plant plant) {
  private static final long REST_BOUND_MICROS = 180_000_000;
  private static final int STEPS_BETWEEN_SWEEPING_CHECKS = 64;

  /**
   * What came of it.
   *
   * @param steps taken, those in calm included
   * @param failure the invariant that was violated
   * @param failedAtStep the number of the step that violated it
   */
  record Outcome(
      long steps, long events, Optional<String> failure, long failedAtStep, String journal) {}

  static Simulation of(long seed, int steps) {
    return new Simulation(seed, steps, EnumSet.allOf(Fault.class), Plant.NONE);
  }

  Simulation with(Plant other) {
    return new Simulation(seed, steps, faults, other);
  }

  Simulation without(Fault fault) {
    Set<Fault> fewer = EnumSet.copyOf(faults);
    fewer.remove(fault);
    return new Simulation(seed, steps, fewer, plant);
  }

  Simulation withSteps(int fewer) {
    return new Simulation(seed, fewer, faults, plant);
  }

  Outcome run() {
    World world = null;
    long step = 0;
    try {
      world = new World(seed, faults, plant);
      for (; step < steps; step++) {
        step(world, step);
      }
      world.chance().calmDown();
      world.calm();
      long restBy = world.agenda().nowMicros() + REST_BOUND_MICROS;
      for (; step % STEPS_BETWEEN_SWEEPING_CHECKS != 0 || unrest(world, restBy); step++) {
        step(world, step);
      }
      return outcome(world, step, Optional.empty());
    } catch (Violation | IllegalStateException violation) {
      return outcome(world, step, Optional.of(violation.toString()));
    }
  }

  private static void step(World world, long step) {
    world.agenda().step();
    if (step % STEPS_BETWEEN_SWEEPING_CHECKS == 0) {
      world.checks().orphans();
      world.checks().scaling().bursts();
    }
  }

  private static boolean unrest(World world, long restByMicros) {
    Optional<String> unrest = world.checks().unrest();
    if (unrest.isPresent() && world.agenda().nowMicros() > restByMicros) {
      throw new Violation(unrest.get());
    }
    return unrest.isPresent();
  }

  private static Outcome outcome(World world, long step, Optional<String> failure) {
    return world == null
        ? new Outcome(step, 0, failure, step, "")
        : new Outcome(step, world.journal().eventCount(), failure, step, world.journal().text());
  }

  /** The smallest run that was found to fail too. */
  Simulation shrunk() {
    Simulation smallest = this;
    for (Fault fault : Fault.values()) {
      Simulation candidate = smallest.without(fault);
      if (candidate.faults().size() < smallest.faults().size() && candidate.fails()) {
        smallest = candidate;
      }
    }
    int passing = 0;
    int failing = smallest.steps();
    while (failing - passing > 1) {
      int half = passing + (failing - passing) / 2;
      if (smallest.withSteps(half).fails()) {
        failing = half;
      } else {
        passing = half;
      }
    }
    return smallest.withSteps(failing);
  }

  boolean fails() {
    return run().failure().isPresent();
  }
}

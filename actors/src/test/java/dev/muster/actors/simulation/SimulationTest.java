package dev.muster.actors.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The invariants hold whatever happens, and the simulation would see it if they did not. */
class SimulationTest {
  private static final int STEPS_PER_SEED = 10_000;
  private static final long STEPS = Long.getLong("muster.simulation.steps", 1_000_000);
  private static final int SEEDS_FOR_A_DEFECT = 100;

  /** The seeds that were found to be so. */
  private static final Set<Long> IN_ORDER = new HashSet<>();

  @Test
  void theInvariantsHoldInEveryWorld() {
    Long replayed = Long.getLong("muster.simulation.seed");
    if (replayed != null) {
      check(Simulation.of(replayed, STEPS_PER_SEED));
      return;
    }
    long steps = 0;
    long events = 0;
    long begunNanos = System.nanoTime();
    for (long seed = 1; steps < STEPS; seed++) {
      Simulation.Outcome outcome = check(Simulation.of(seed, STEPS_PER_SEED));
      IN_ORDER.add(seed);
      steps += outcome.steps();
      events += outcome.events();
    }
    double seconds = (System.nanoTime() - begunNanos) / 1e9;
    System.out.printf(
        "simulation: %,d steps, %,d events, %,.0f steps/s%n", steps, events, steps / seconds);
  }

  private static Simulation.Outcome check(Simulation simulation) {
    Simulation.Outcome outcome = simulation.run();
    if (outcome.failure().isPresent()) {
      Simulation shrunk = simulation.shrunk();
      fail(
          "replay with -Dmuster.simulation.seed="
              + simulation.seed()
              + "\n"
              + outcome.failure().get().text()
              + "\nshrunk to "
              + shrunk
              + ": "
              + shrunk.run().failure().orElseThrow().text());
    }
    return outcome;
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

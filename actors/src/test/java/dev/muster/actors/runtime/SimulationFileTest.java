package dev.muster.actors.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.actors.placement.Resources;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ReplicaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulationFileTest {
  private static final RunningReplica FIRST =
      new RunningReplica(new ReplicaId("u1-1"), 1, "az1", 0);
  private static final RunningReplica SECOND =
      new RunningReplica(
          new ReplicaId("u2-1"), 7, "a zone", 0, new Resources(500_000_000L, 1L << 30));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("simulated");
  }

  private List<RunningReplica> recalled() {
    try (SimulationFile again = SimulationFile.open(file)) {
      return again.recall();
    }
  }

  @Test
  void whatRanIsRecalledAndWhatEndedIsNot() {
    try (SimulationFile log = SimulationFile.open(file)) {
      log.started(FIRST);
      log.started(SECOND);
      log.ended(FIRST.id());
    }
    assertEquals(List.of(SECOND), recalled());
    assertEquals(List.of(SECOND), recalled(), "written anew");
  }

  @Test
  void aLineThatWasCutShortIsIgnored() throws IOException {
    try (SimulationFile log = SimulationFile.open(file)) {
      log.started(SECOND);
    }
    Files.writeString(file, "+ u1-1 1 a", StandardOpenOption.APPEND);
    assertEquals(List.of(SECOND), recalled());
  }

  @Test
  void aReplicaOutlivesItsRuntimeAndIsFoundHydrated() {
    try (SimulationFile log = SimulationFile.open(file)) {
      log.started(SECOND);
    }
    List<RuntimeSignal> heard = new ArrayList<>();
    RuntimeListener listener =
        new RuntimeListener() {
          @Override
          public void onSignal(RuntimeSignal signal) {
            heard.add(signal);
          }

          @Override
          public void onObservation(ReplicaObservation observation) {
            // Not looked at here.
          }
        };
    Duration hydration = Duration.ofMillis(200);
    try (SimulatedRuntime runtime =
        new SimulatedRuntime(
            (delay, task) -> {},
            Clock.systemUTC(),
            hydration,
            hydration,
            SimulationFile.open(file))) {
      assertEquals(List.of(SECOND), runtime.inventory());
      runtime.find(FIRST.id(), listener);
      runtime.find(SECOND.id(), listener);
      assertEquals(
          List.of(
              new RuntimeSignal.NotRunning(FIRST.id()),
              new RuntimeSignal.Started(SECOND.id(), 7, 0),
              new RuntimeSignal.Hydrated(SECOND.id(), 7, hydration, 1, 0, 0)),
          heard);
      runtime.stop(SECOND.id(), listener);
    }
    assertEquals(List.of(), recalled(), "it was stopped");
  }
}

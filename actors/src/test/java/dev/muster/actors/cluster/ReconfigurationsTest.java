package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterScenario.given;
import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.api.command.ReconfigurationProgress.Finished;
import dev.muster.api.command.ReconfigurationProgress.Hydrating;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a statement that waits is told. */
class ReconfigurationsTest {
  /** A new one each time: a scenario goes on. */
  private static ClusterScenario resizing() {
    return given(managed("small", 2)).and(alter().size("medium").build());
  }

  private static ReconfigurationHandle handle(ClusterScenario scenario) {
    return Reconfigurations.awaited(
            new ClusterState.Absent(), alter().size("medium").build(), scenario.state())
        .orElseThrow();
  }

  private static ReplicaObservation seen(ReplicaId id, long done, long total) {
    return ReplicaObservation.progress(id, Instant.EPOCH, done, total, 0);
  }

  private static ReconfigurationProgress progress(
      ClusterScenario scenario, Map<ReplicaId, ReplicaObservation> observations) {
    return Reconfigurations.progress(
        scenario.state(), handle(scenario), id -> Optional.ofNullable(observations.get(id)));
  }

  @Test
  void percentAreToldOnceSomethingIsKnownOfEveryNewReplica() {
    ClusterScenario resizing = resizing();
    ReplicaId first = resizing.live().replica("r1-pending").orElseThrow().id();
    ReplicaId second = resizing.live().replica("r2-pending").orElseThrow().id();
    assertEquals(
        new Hydrating(0, 2, OptionalInt.empty()),
        progress(resizing, Map.of(first, seen(first, 3, 4))));
    assertEquals(
        new Hydrating(0, 2, OptionalInt.of(50)),
        progress(resizing, Map.of(first, seen(first, 3, 4), second, seen(second, 1, 4))));
    assertEquals(
        new Hydrating(0, 2, OptionalInt.empty()),
        progress(resizing, Map.of(first, seen(first, 0, 0), second, seen(second, 0, 0))));
  }

  @Test
  void theSameEndByAnotherWayIsAnEndToo() {
    ReconfigurationHandle handle = handle(resizing());
    ClusterScenario immediate =
        given(managed("small", 2)).and(alter().size("medium").now().build());
    assertEquals(
        new Finished(true),
        Reconfigurations.progress(immediate.state(), handle, id -> Optional.empty()));
    ClusterScenario other = given(managed("small", 2)).and(alter().size("large").now().build());
    assertEquals(
        new ReconfigurationProgress.Ended(
            new Rejection.ReconfigurationOvertaken(ReconfigurationTarget.of(managed("large", 2)))),
        Reconfigurations.progress(other.state(), handle, id -> Optional.empty()));
  }

  @Test
  void whatCalledItOffMayHaveChangedTheClusterToo() {
    ReconfigurationHandle handle = handle(resizing());
    ClusterScenario off = resizing().and(alter().factor(0).build());
    assertEquals(
        new ReconfigurationProgress.Ended(
            new Rejection.ReconfigurationCancelled(
                off.live().managed().map(ReconfigurationTarget::of))),
        Reconfigurations.progress(off.state(), handle, id -> Optional.empty()));
    assertEquals(0, off.live().managed().orElseThrow().replicationFactor());
    ClusterScenario byHand = resizing().and(alter().managed(false).build());
    assertEquals(
        new ReconfigurationProgress.Ended(new Rejection.ReconfigurationCancelled(Optional.empty())),
        Reconfigurations.progress(byHand.state(), handle, id -> Optional.empty()));
  }

  @Test
  void onlyWhatConcernsReplicasWaits() {
    ClusterScenario resizing = resizing();
    assertEquals(
        Optional.empty(),
        Reconfigurations.awaited(
            resizing.state(), alter().resetScaling().build(), resizing.state()));
    assertEquals(
        Optional.empty(),
        Reconfigurations.awaited(
            resizing.state(),
            new dev.muster.api.command.ClusterCommand.Drop(),
            new ClusterState.Absent()));
  }
}

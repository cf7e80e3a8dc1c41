package dev.muster.journal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ClusterCreated;
import dev.muster.journal.event.ClusterEvent.ConvertedToUnmanaged;
import dev.muster.journal.event.ClusterEvent.ReconfigurationCancelled;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReconfigurationRetargeted;
import dev.muster.journal.event.ClusterEvent.ReconfigurationStarted;
import dev.muster.journal.event.ClusterEvent.ReconfigurationTimedOut;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPromotion;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a reconfiguration moves through the state of its cluster. */
class ReconfigurationTest {
  private static final ClusterId ID = ClusterId.user(7);
  private static final Managed SMALL =
      new Managed(
          "25cc",
          1,
          List.of(),
          ReplicaSettings.DEFAULT,
          new Schedule.Manual(),
          Optional.empty(),
          Optional.empty());
  private static final ReconfigurationTarget FROM = ReconfigurationTarget.of(SMALL);
  private static final ReconfigurationTarget TARGET =
      ReconfigurationTarget.of(SMALL.withSize("50cc").withAvailabilityZones(List.of("az2")));
  private static final Instant DEADLINE = Instant.ofEpochMilli(5_000);
  private static final ReconfigurationStarted STARTED =
      new ReconfigurationStarted(FROM, TARGET, DEADLINE, OnTimeout.ROLLBACK, "alice");

  private static ClusterState.Live after(ClusterEvent... events) {
    ClusterState state = new ClusterState.Absent();
    long at = 0;
    state = state.evolve(new HybridTime(++at), new ClusterCreated(ID, SMALL));
    state = state.evolve(new HybridTime(++at), added(1, "r1"));
    for (ClusterEvent event : events) {
      state = state.evolve(new HybridTime(++at), event);
    }
    return (ClusterState.Live) state;
  }

  private static ReplicaAdded added(long number, String name) {
    return new ReplicaAdded(
        ReplicaId.of(ID, number),
        name,
        "25cc",
        BigDecimal.ONE,
        "az1",
        false,
        ReplicaSettings.DEFAULT,
        false,
        Optional.empty(),
        Reason.RECONFIGURATION);
  }

  private static void impossible(ClusterState state, ClusterEvent event) {
    assertThrows(ImpossibleEventException.class, () -> state.evolve(new HybridTime(99), event));
  }

  @Test
  void aStartedReconfigurationChangesNothingThatIsRealized() {
    ClusterState.Live state = after(STARTED);
    assertEquals(SMALL, state.configuration());
    assertEquals(Optional.of(TARGET.applyTo(SMALL)), state.declared());
    assertEquals(Optional.of(TARGET), state.reconfiguration().map(Reconfiguration::target));
    assertEquals(new HybridTime(3), state.reconfiguration().orElseThrow().startedAt());
  }

  @Test
  void theCutOverRenamesRetiresAndRealizesAtOnce() {
    ClusterState.Live before =
        after(
            STARTED,
            added(2, "r1-pending"),
            new ReplicaStarted(ReplicaId.of(ID, 2), 1, "host-1", 7));
    ClusterState.Live state = (ClusterState.Live) before.evolve(new HybridTime(9), cutOver(2));
    assertEquals(Optional.of(TARGET.applyTo(SMALL)), state.managed());
    assertEquals(List.of("r1"), state.replicas().stream().map(Replica::name).toList());
    assertEquals(ReplicaId.of(ID, 2), state.replicas().getFirst().id());
    assertEquals(before.replicas().getLast().progress(), state.replicas().getFirst().progress());
    assertTrue(state.reconfiguration().isEmpty());
    assertEquals(
        Reconfiguration.Status.FINISHED, state.latestReconfiguration().orElseThrow().status());
    assertEquals(new HybridTime(9), state.latestReconfiguration().orElseThrow().since());
  }

  private static ReconfigurationFinished cutOver(long promoted) {
    return new ReconfigurationFinished(
        FROM,
        TARGET,
        true,
        List.of(new ReplicaPromotion(ReplicaId.of(ID, promoted), "r1-pending", "r1")),
        List.of(ReplicaId.of(ID, 1)));
  }

  @Test
  void whatEndsWithoutACutOverLeavesTheClusterAsItWas() {
    for (ClusterEvent end :
        List.of(
            new ReconfigurationTimedOut(TARGET, DEADLINE), new ReconfigurationCancelled(TARGET))) {
      ClusterState.Live state = after(STARTED, end);
      assertEquals(Optional.of(SMALL), state.managed());
      assertEquals(Optional.of(SMALL), state.declared());
      assertTrue(state.reconfiguration().isEmpty());
      assertTrue(after(STARTED, end, STARTED).reconfiguration().isPresent());
    }
  }

  @Test
  void aNewTargetKeepsTheReconfigurationItsOwn() {
    ReconfigurationTarget other = ReconfigurationTarget.of(SMALL.withSize("100cc"));
    Instant later = DEADLINE.plusSeconds(1);
    Reconfiguration under =
        after(STARTED, new ReconfigurationRetargeted(TARGET, other, later, OnTimeout.COMMIT, "bob"))
            .reconfiguration()
            .orElseThrow();
    assertEquals(
        new Reconfiguration(
            new HybridTime(3),
            "bob",
            FROM,
            other,
            later,
            OnTimeout.COMMIT,
            Reconfiguration.Status.IN_PROGRESS,
            new HybridTime(3)),
        under);
  }

  @Test
  void onlyOneIsUnderWayAndOnlyThatOneMoves() {
    ClusterState.Live idle = after();
    impossible(idle, new ReconfigurationTimedOut(TARGET, DEADLINE));
    impossible(idle, new ReconfigurationCancelled(TARGET));
    impossible(idle, cutOver(1));
    ClusterState.Live under = after(STARTED);
    impossible(under, STARTED);
    impossible(under, new ConvertedToUnmanaged());
    impossible(under, new ReconfigurationCancelled(FROM));
    impossible(under, cutOver(2));
    impossible(
        idle,
        new ReconfigurationStarted(
            /* from= */ TARGET, /* target= */ FROM, DEADLINE, OnTimeout.COMMIT, "not from here"));
  }

  @Test
  void twoReplicasNeverShareANameAfterACutOver() {
    impossible(
        after(STARTED, added(2, "r1-pending")),
        new ReconfigurationFinished(
            FROM,
            TARGET,
            true,
            List.of(new ReplicaPromotion(ReplicaId.of(ID, 2), "r1-pending", "r1")),
            List.of()));
  }
}

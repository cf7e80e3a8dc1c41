package dev.muster.actors.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.actors.runtime.RunningReplica;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OrphansTest {
  private static final ClusterId CLUSTER = new ClusterId("u1");
  private static final HybridTime AT = HybridTime.ofEpochMilli(1, 0);
  private static final ReplicaId WANTED = new ReplicaId("u1-1");
  private static final ReplicaId UNWANTED = new ReplicaId("u1-2");

  private final CatalogStore store = new CatalogStore();

  private List<ReplicaId> orphans(ReplicaId... running) {
    List<RunningReplica> inventory =
        List.of(running).stream().map(id -> new RunningReplica(id, 1, "az1", 7)).toList();
    CatalogSnapshot catalog = store.snapshot();
    return Orphans.of(inventory, catalog, 0);
  }

  private static ClusterState cluster(ClusterEvent... events) {
    ClusterState state = new ClusterState.Absent();
    for (ClusterEvent event : events) {
      state = state.evolve(AT, event);
    }
    return state;
  }

  private static ClusterEvent created() {
    return new ClusterEvent.ClusterCreated(CLUSTER, new ClusterConfiguration.Unmanaged());
  }

  private static ClusterEvent added() {
    return new ClusterEvent.ReplicaAdded(
        WANTED,
        "r1",
        "25cc",
        BigDecimal.ONE,
        "az1",
        false,
        ReplicaSettings.DEFAULT,
        false,
        Optional.empty(),
        Reason.MANUAL);
  }

  private void environmentKnowsTheCluster() {
    store.publish(
        EnvironmentState.EMPTY.evolve(
            AT,
            new EnvironmentEvent.ClusterCreationStarted(
                CLUSTER, "c", "materialize", new ClusterConfiguration.Unmanaged(), List.of())),
        1);
  }

  @Test
  void aReplicaThatItsClusterHasIsNoOrphan() {
    environmentKnowsTheCluster();
    store.publish(CLUSTER, cluster(created(), added()), 2);
    assertEquals(List.of(UNWANTED), orphans(WANTED, UNWANTED));
  }

  private List<ReplicaId> orphans(long incarnationHere, ClusterEvent... later) {
    environmentKnowsTheCluster();
    List<ClusterEvent> events = new ArrayList<>(List.of(created(), added()));
    events.addAll(List.of(later));
    store.publish(CLUSTER, cluster(events.toArray(ClusterEvent[]::new)), 3);
    return Orphans.of(
        List.of(new RunningReplica(WANTED, incarnationHere, "az1", 7)), store.snapshot(), 0);
  }

  private static ClusterEvent started(long incarnation, String host) {
    return new ClusterEvent.ReplicaStarted(WANTED, incarnation, host, 1);
  }

  /** The host was out of sight for longer than its lease: another of the zone has its replica. */
  @Test
  void whatWasReplacedByAnotherHostOfTheZoneIsAnOrphanHere() {
    assertEquals(List.of(WANTED), orphans(1, started(1, "az1@node-0"), started(2, "az1@node-3")));
  }

  @Test
  void whatTheJournalHasHereIsNoOrphan() {
    assertEquals(List.of(), orphans(2, started(1, "az1@node-3"), started(2, "az1@node-0")));
  }

  /** Its start here is not journaled yet. */
  @Test
  void whatRunsHereSinceThenIsNoOrphan() {
    assertEquals(List.of(), orphans(2, started(1, "az1@node-3")));
  }

  @Test
  void whatFailedWithItsHostIsWaitedFor() {
    assertEquals(
        List.of(),
        orphans(
            1,
            started(1, "az1@node-0"),
            new ClusterEvent.ReplicaFailed(
                WANTED,
                1,
                new ReplicaFailure(ReplicaFailure.Kind.HOST_LOST, Optional.empty()),
                1)));
  }

  /** Hosts were named by their address once, which may be another one by now. */
  @Test
  void aHostOfWhichNothingIsKnownIsNoReasonToEndAnything() {
    assertEquals(List.of(), orphans(1, started(1, "az1@10.0.0.1:25520")));
  }

  @Test
  void replicasOfADroppedClusterAreOrphans() {
    environmentKnowsTheCluster();
    store.publish(
        CLUSTER,
        cluster(
            created(),
            added(),
            new ClusterEvent.ReplicaDropped(WANTED, Reason.MANUAL),
            new ClusterEvent.ClusterDropped()),
        4);
    assertEquals(List.of(WANTED), orphans(WANTED));
  }

  @Test
  void replicasOfAClusterThatNobodyKnowsAreOrphans() {
    assertEquals(List.of(WANTED), orphans(WANTED));
  }

  @Test
  void aClusterBeingCreatedIsLeftAlone() {
    environmentKnowsTheCluster();
    assertEquals(List.of(), orphans(WANTED));
  }
}

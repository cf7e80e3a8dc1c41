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
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.math.BigDecimal;
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
    return Orphans.of(inventory, catalog);
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

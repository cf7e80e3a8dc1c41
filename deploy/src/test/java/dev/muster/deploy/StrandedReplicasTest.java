package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.catalog.CatalogStore;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.state.ClusterState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StrandedReplicasTest {
  private final CatalogStore store = new CatalogStore();

  @BeforeEach
  void replicasInThreeZones() {
    publish(new ClusterId("u1"), "az1", "az2", "az3");
    publish(new ClusterId("u2"), "az3");
    publish(new ClusterId("u3"));
  }

  @Test
  void noneIsStrandedWhereAllZonesAreConfigured() {
    assertEquals(List.of(), warnings("az1", "az2", "az3", "az4"));
  }

  @Test
  void aMissingZoneIsNamedWithTheNumberOfItsReplicas() {
    List<String> warnings = warnings("az1", "az2");
    assertEquals(1, warnings.size());
    assertTrue(warnings.getFirst().contains("\"az3\""), warnings.getFirst());
    assertTrue(warnings.getFirst().contains("replicas: 2."), warnings.getFirst());
  }

  @Test
  void eachMissingZoneHasItsOwnLine() {
    List<String> warnings = warnings("az1");
    assertEquals(2, warnings.size());
    assertTrue(warnings.getFirst().contains("\"az2\""), warnings.getFirst());
    assertTrue(warnings.getLast().contains("\"az3\""), warnings.getLast());
  }

  @Test
  void aDroppedClusterStrandsNothing() {
    ClusterId id = new ClusterId("u4");
    store.publish(id, new ClusterState.Dropped(id, HybridTime.ZERO), 1);
    assertEquals(List.of(), warnings("az1", "az2", "az3"));
  }

  private List<String> warnings(String... configured) {
    return StrandedReplicas.warnings(store.snapshot(), List.of(configured));
  }

  private void publish(ClusterId id, String... zones) {
    ClusterState state =
        new ClusterState.Absent()
            .evolve(
                HybridTime.ZERO,
                new ClusterEvent.ClusterCreated(id, new ClusterConfiguration.Unmanaged()));
    for (int i = 1; i <= zones.length; i++) {
      state = state.evolve(HybridTime.ZERO, added(ReplicaId.of(id, i), "r" + i, zones[i - 1]));
    }
    store.publish(id, state, 1 + zones.length);
  }

  private static ClusterEvent added(ReplicaId id, String name, String zone) {
    return new ClusterEvent.ReplicaAdded(
        id,
        name,
        "25cc",
        BigDecimal.ONE,
        zone,
        false,
        ReplicaSettings.DEFAULT,
        false,
        Optional.empty(),
        Reason.MANUAL);
  }
}

package dev.muster.api.metrics;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.api.catalog.ReplicaObservation.Consumption;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent.ZoneTakenOut;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogMetricsTest {
  private final CatalogFixture fixture = new CatalogFixture();

  private Scrape scrape(int detailedClustersMax) {
    Metrics metrics = new Metrics();
    metrics.watch(
        new CatalogMetrics(
            fixture::snapshot,
            () -> fixture.snapshot().environment().state(),
            detailedClustersMax));
    return Scrape.of(metrics);
  }

  private static ReplicaId replica(ClusterId cluster, long number) {
    return ReplicaId.of(cluster, number);
  }

  private void hydrate(ReplicaId id) {
    fixture.cluster(id.cluster(), new ReplicaStarted(id, 1, "host", 1));
    fixture.cluster(id.cluster(), new ReplicaHydrated(id, 1, Duration.ofSeconds(2), 1, 1, 1));
  }

  private void fail(ReplicaId id, int failures) {
    fixture.cluster(
        id.cluster(),
        new ReplicaFailed(
            id,
            failures,
            new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.empty()),
            failures));
  }

  @Test
  void replicasAreCountedByStatusAndZone() {
    ClusterId c = fixture.managed("c", "25cc", 3);
    hydrate(replica(c, 1));
    fixture.cluster(c, new ReplicaStarted(replica(c, 2), 1, "host", 2));
    fail(replica(c, 3), 5);
    ClusterId d = fixture.managed("d", "25cc", 1);
    fail(replica(d, 1), 1);
    scrape(10)
        .has("muster_replicas{status=\"online\",zone=\"az1\"}", 1)
        .has("muster_replicas{status=\"hydrating\",zone=\"az2\"}", 1)
        .has("muster_replicas{status=\"crash-looping\",zone=\"az3\"}", 1)
        .has("muster_replicas{status=\"backing-off\",zone=\"az1\"}", 1);
  }

  @Test
  void aClusterWithoutAHydratedReplicaIsUnservedUnlessItWantsNone() {
    ClusterId served = fixture.managed("served", "25cc", 1);
    hydrate(replica(served, 1));
    fixture.managed("unserved", "25cc", 1);
    fixture.managed("none", "25cc", 0);
    scrape(10)
        .has("muster_clusters{kind=\"managed\"}", 3)
        .has("muster_clusters{kind=\"unmanaged\"}", 0)
        .has("muster_clusters_unserved", 1)
        .has("muster_cluster_replicas_hydrated{cluster_id=\"u1\",cluster_name=\"served\"}", 1)
        .has("muster_cluster_replicas_wanted{cluster_id=\"u3\",cluster_name=\"none\"}", 0);
  }

  @Test
  void creditsAreWhatTheReplicasCostNow() {
    fixture.managed("c", "100cc", 2);
    double each = CatalogFixture.SIZES.find("100cc").orElseThrow().creditsPerHour().doubleValue();
    scrape(10)
        .has("muster_credits_per_hour", 2 * each)
        .has("muster_cluster_credits_per_hour{cluster_id=\"u1\",cluster_name=\"c\"}", 2 * each);
  }

  @Test
  void whatAReplicaUsesIsOfWhatItMayUse() {
    ClusterId c = fixture.managed("c", "25cc", 1);
    hydrate(replica(c, 1));
    fixture
        .store()
        .publish(
            new ReplicaObservation(
                replica(c, 1),
                Instant.EPOCH,
                1,
                1,
                1,
                new Consumption(
                    Optional.of(900L),
                    Optional.of(1_000L),
                    Optional.of(500L),
                    Optional.of(1_000L),
                    Optional.empty())));
    String labels =
        "{cluster_id=\"u1\",cluster_name=\"c\",replica_id=\"u1-1\",replica_name=\"r1\",size=\"25cc\",zone=\"az1\"}";
    scrape(10)
        .has("muster_replica_memory_usage_ratio" + labels, 0.9)
        .has("muster_replica_cpu_usage_ratio" + labels, 0.5)
        .has("muster_replica_online" + labels, 1);
  }

  @Test
  void aZoneThatIsOutIsNamed() {
    scrape(10).has("muster_zones_out_of_service", 0);
    fixture.environment(new ZoneTakenOut("az2", Optional.empty()));
    scrape(10)
        .has("muster_zones_out_of_service", 1)
        .has("muster_zone_out_of_service{zone=\"az2\"}", 1);
  }

  @Test
  void beyondTheLimitThereAreSumsAlone() {
    fixture.managed("c", "25cc", 1);
    fixture.managed("d", "25cc", 1);
    scrape(2)
        .has("muster_metrics_detail_omitted", 0)
        .has("muster_cluster_replicas_wanted{cluster_id=\"u1\",cluster_name=\"c\"}", 1);
    scrape(1)
        .has("muster_metrics_detail_omitted", 1)
        .has("muster_clusters{kind=\"managed\"}", 2)
        .hasNo("muster_cluster_")
        .hasNo("muster_replica_online");
  }
}

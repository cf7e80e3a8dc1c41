package dev.muster.api.metrics;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterEventMetricsTest {
  private final CatalogFixture fixture = new CatalogFixture();
  private final ClusterId c = fixture.managed("c", "25cc", 1);
  private final ReplicaId r1 = ReplicaId.of(c, 1);
  private final Metrics metrics = new Metrics();
  private long clock = CatalogFixture.START_MILLIS + 1_000_000;

  /** As one write. */
  private void happens(ClusterEvent... events) {
    ClusterState before = fixture.live(c);
    List<Recorded<ClusterEvent>> recorded =
        Arrays.stream(events)
            .map(event -> new Recorded<>(HybridTime.ofEpochMilli(clock++, 0), Origin.SYSTEM, event))
            .toList();
    Arrays.stream(events).forEach(event -> fixture.cluster(c, event));
    metrics.entities().clusterEvents().happened(before, recorded);
  }

  private ReplicaFailed failure(long incarnation, int failures) {
    return new ReplicaFailed(
        r1,
        incarnation,
        new ReplicaFailure(ReplicaFailure.Kind.OOM_KILLED, Optional.empty()),
        failures);
  }

  @Test
  void hydrationsAreMeasured() {
    happens(
        new ReplicaStarted(r1, 1, "host", 1),
        new ReplicaHydrated(r1, 1, Duration.ofMillis(1_500), 1, 1, 1));
    Scrape.of(metrics)
        .has("muster_replica_hydration_duration_seconds_count", 1)
        .has("muster_replica_hydration_duration_seconds_sum", 1.5);
  }

  @Test
  void inACrashLoopOneEventStandsForAllFailuresSinceTheOneBefore() {
    happens(failure(1, 1));
    happens(failure(7, 7), failure(9, 9));
    Scrape.of(metrics)
        .has("muster_replica_restarts_total{cause=\"oom-killed\"}", 9)
        .has("muster_replica_restarts_total{cause=\"exited\"}", 0);
  }

  @Test
  void whyReplicasComeAndGoIsCounted() {
    Recorded<ClusterEvent> dropped =
        new Recorded<>(
            HybridTime.ofEpochMilli(clock, 0),
            Origin.SYSTEM,
            new ClusterEvent.ReplicaDropped(r1, dev.muster.journal.event.Reason.ZONE_REPAIR));
    metrics.entities().clusterEvents().happened(fixture.live(c), List.of(dropped));
    Scrape.of(metrics)
        .has("muster_replicas_dropped_total{reason=\"zone-repair\"}", 1)
        .has("muster_replicas_added_total{reason=\"manual\"}", 0);
  }

  @Test
  void writesAndRecoveriesAreCountedByEntity() {
    EntityMetrics entities = metrics.entities();
    entities.cluster().wrote(3, 1_000_000);
    entities.cluster().writeFailed();
    EntityMetrics.Recovery recovery = new EntityMetrics.Recovery();
    entities.environment().recovered(recovery);
    entities.environment().recovered(recovery);
    Scrape.of(metrics)
        .has("muster_journal_events_total{entity=\"cluster\"}", 3)
        .has("muster_journal_writes_total{entity=\"cluster\",outcome=\"durable\"}", 1)
        .has("muster_journal_writes_total{entity=\"cluster\",outcome=\"failed\"}", 1)
        .has("muster_journal_write_duration_seconds_sum{entity=\"cluster\"}", 0.001)
        .has("muster_entity_recoveries_total{entity=\"environment\",outcome=\"recovered\"}", 2)
        .has("muster_entity_recovery_duration_seconds_count{entity=\"environment\"}", 1);
  }
}

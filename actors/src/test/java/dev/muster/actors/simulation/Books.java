package dev.muster.actors.simulation;

import dev.muster.actors.testing.Sizes;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Replica;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kept of every event as it becomes durable, and of nothing but how the states before and after it
 * differ: what each cluster owes, and which events are changes that the audit log tells of.
 */
final class Books {
  /**
   * The meter of one cluster.
   *
   * @param owed until {@code readAt}: credits an hour times milliseconds
   */
  record Meter(BigDecimal owed, Instant readAt) {}

  private final Map<String, Meter> meters = new HashMap<>();
  private final TreeMap<HybridTime, Recorded<?>> changes = new TreeMap<>();

  /** By the id of the cluster. */
  Map<String, Meter> meters() {
    return meters;
  }

  /** Everything that the audit log tells of, by its time. */
  TreeMap<HybridTime, Recorded<?>> changes() {
    return changes;
  }

  void journaled(ClusterState before, Recorded<ClusterEvent> recorded, ClusterState after) {
    if (before instanceof ClusterState.Live live) {
      meters.compute(live.id().value(), (id, meter) -> read(live, meter, recorded.at().instant()));
    } else if (after instanceof ClusterState.Live live) {
      meters.put(live.id().value(), new Meter(BigDecimal.ZERO, recorded.at().instant()));
    }
    if (!declaration(before).equals(declaration(after))) {
      changes.put(recorded.at(), recorded);
    }
  }

  /** Every replica costs its size's price for as long as its cluster has it. */
  private static Meter read(ClusterState.Live before, Meter meter, Instant at) {
    BigDecimal creditsPerHour =
        before.replicas().stream()
            .map(replica -> Sizes.GRADED.find(replica.size()).orElseThrow().creditsPerHour())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal millis = BigDecimal.valueOf(Duration.between(meter.readAt(), at).toMillis());
    return new Meter(meter.owed().add(creditsPerHour.multiply(millis)), at);
  }

  /** What a cluster is, but not how its replicas are. */
  private static Object declaration(ClusterState state) {
    return switch (state) {
      case ClusterState.Absent absent -> absent;
      case ClusterState.Dropped dropped -> dropped;
      case ClusterState.Live live ->
          List.of(
              live.configuration(),
              live.replicas().stream().map(Books::declaration).toList(),
              live.comment(),
              live.latestReconfiguration(),
              live.burst(),
              live.latestScaling());
    };
  }

  private static Object declaration(Replica replica) {
    return List.of(replica.id(), replica.name(), replica.comment());
  }

  void journaled(
      EnvironmentState before, Recorded<EnvironmentEvent> recorded, EnvironmentState after) {
    boolean sameNames =
        after.clusters().values().stream()
            .allMatch(entry -> isNew(before, entry) || wasSo(before, entry));
    if (!sameNames
        || !before.environmentId().equals(after.environmentId())
        || !before.roles().equals(after.roles())
        || !before.zoneOutages().equals(after.zoneOutages())) {
      changes.put(recorded.at(), recorded);
    }
  }

  private static boolean isNew(EnvironmentState before, ClusterEntry entry) {
    return before.cluster(entry.id()).isEmpty();
  }

  private static boolean wasSo(EnvironmentState before, ClusterEntry entry) {
    return before
        .cluster(entry.id())
        .filter(old -> old.name().equals(entry.name()) && old.owner().equals(entry.owner()))
        .isPresent();
  }
}

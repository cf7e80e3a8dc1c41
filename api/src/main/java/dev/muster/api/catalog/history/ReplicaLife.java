package dev.muster.api.catalog.history;

import dev.muster.api.catalog.ReplicaState;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaWait;
import dev.muster.journal.state.MemoryAdvice;
import dev.muster.journal.state.Occurrence;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One replica from its creation on, as its events tell it: its statuses and its hydrations, each
 * with the instant at which it was so ({@link Occurrence}), in this order.
 */
final class ReplicaLife {
  private static final String CREATED = "created";

  private final ReplicaId id;
  private final ClusterId cluster;
  private final String size;
  private final Instant createdAt;
  private final BigDecimal creditsPerHour;
  private final boolean charged;
  private String name;
  private Purpose purpose;
  private String reason = "pending";
  private Instant latest;
  private Instant told = Instant.MIN;
  private Instant downSince;
  private String downFor = CREATED;
  private boolean lacksMemory;

  ReplicaLife(ClusterId cluster, ReplicaAdded added, Instant at) {
    this.cluster = cluster;
    this.id = added.id();
    this.name = added.name();
    this.size = added.size();
    this.createdAt = at;
    this.creditsPerHour = added.creditsPerHour();
    this.charged = !added.internal() || added.billedAs().isPresent();
    this.purpose = Purpose.of(added);
    this.downSince = at;
    this.latest = at;
  }

  /** Under another name it is there to stay, whatever it was there for. */
  void named(String newName) {
    name = newName;
    purpose = Purpose.STEADY;
  }

  /** The row of its present name, by which it goes from an instant on. */
  List<Object> nameRow(Instant at, String oldName) {
    return Arrays.asList(id.value(), at, oldName, name, purpose.text());
  }

  /** Its row among all replicas that ever were. */
  List<Object> row(Instant droppedAt) {
    return Arrays.asList(
        id.value(), cluster.value(), name, size, createdAt, droppedAt, creditsPerHour, charged);
  }

  /** Later than what came before, as all that the journal decides itself. */
  private void happens(HybridTime recorded) {
    latest = recorded.instant();
  }

  /** When its host says, which may have been before it was journaled. */
  private void happened(Optional<Instant> told, HybridTime recorded) {
    latest = Occurrence.of(told.orElseGet(recorded::instant), recorded, latest);
  }

  private void provisioning(Optional<Instant> since, HybridTime recorded, HistoryRows rows) {
    if (since.isPresent()) {
      happened(since, recorded);
      offline(ReplicaState.PROVISIONING, rows);
    }
  }

  void placing(HybridTime recorded, HistoryRows rows) {
    happens(recorded);
    reason = "pending";
    offline(ReplicaState.PLACING, rows);
  }

  void waiting(ReplicaWait why, HybridTime recorded, HistoryRows rows) {
    happens(recorded);
    reason = why.kind().text();
    offline(ReplicaState.WAITING, rows);
  }

  void started(ReplicaStarted event, HybridTime recorded, HistoryRows rows) {
    provisioning(event.provisionedAt(), recorded, rows);
    happened(event.occurredAt(), recorded);
    status("online", null, ReplicaState.HYDRATING, rows);
  }

  void failed(ReplicaFailed event, HybridTime recorded, HistoryRows rows) {
    provisioning(event.provisionedAt(), recorded, rows);
    happened(event.occurredAt(), recorded);
    Instant at = latest;
    reason = event.failure().kind().text();
    lacksMemory = event.failure().kind() == ReplicaFailure.Kind.OOM_KILLED;
    if (downSince == null) {
      downSince = at;
      downFor = reason;
    }
    rows.statuses()
        .add(
            Arrays.asList(
                id.value(),
                "offline",
                reason,
                tellable(),
                ReplicaState.ofFailed(event.consecutiveFailures()).text(),
                event.failure().detail().orElse(null),
                (long) event.consecutiveFailures(),
                event.failingSince().orElse(null)));
  }

  void hydrated(ReplicaHydrated event, HybridTime recorded, HistoryRows rows) {
    happened(event.occurredAt(), recorded);
    Instant at = latest;
    status("online", null, ReplicaState.ONLINE, rows);
    Long limitBytes = event.memoryLimitBytes().orElse(null);
    rows.hydrations()
        .add(
            Arrays.asList(
                id.value(),
                cluster.value(),
                name,
                size,
                event.incarnation(),
                downFor,
                downSince,
                at,
                micros(event.took()),
                downSince == null ? null : micros(Duration.between(downSince, at)),
                event.objects(),
                event.bytes(),
                event.peakMemoryBytes(),
                limitBytes,
                MemoryAdvice.of(
                        event.peakMemoryBytes(), event.memoryLimitBytes().orElse(0L), lacksMemory)
                    .map(MemoryAdvice::text)
                    .orElse(null)));
    downSince = null;
  }

  void dropped(HybridTime recorded, HistoryRows rows) {
    happens(recorded);
    status("offline", "dropped", ReplicaState.STOPPING, rows);
  }

  private void offline(ReplicaState state, HistoryRows rows) {
    status("offline", reason, state, rows);
  }

  private void status(String status, String why, ReplicaState state, HistoryRows rows) {
    rows.statuses()
        .add(Arrays.asList(id.value(), status, why, tellable(), state.text(), null, null, null));
  }

  /**
   * When it was so; a microsecond after what was so before it where both were at one instant, so
   * that who sorts by it finds them in their order.
   */
  private Instant tellable() {
    told = latest.isAfter(told) ? latest : told.plus(1, ChronoUnit.MICROS);
    return told;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}

package dev.muster.api.replay;

import dev.muster.api.audit.AuditEvent;
import dev.muster.api.audit.ClusterAudit;
import dev.muster.api.audit.EnvironmentAudit;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.read.JournalReader.Sequenced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the audit log says of a stretch of time. Blocks, and fails as the journal's stages do. */
final class AuditTrail {
  /**
   * An audit event and the cluster that it is about.
   *
   * @param cluster empty where it is the environment's own
   */
  record Entry(Optional<ClusterId> cluster, AuditEvent event) {}

  private AuditTrail() {}

  /**
   * After one instant, up to another, in the order of time.
   *
   * @param without clusters whose own events are not read
   */
  static List<Entry> between(
      JournalReader journal, Instant after, Instant until, Predicate<ClusterId> without) {
    List<Entry> all = new ArrayList<>();
    EnvironmentAudit environment = new EnvironmentAudit();
    List<ClusterId> clusters = new ArrayList<>();
    for (Sequenced<EnvironmentEvent> event :
        journal.environmentUntil(1, until).toCompletableFuture().join()) {
      environment.next(event.recorded()).forEach(says -> all.add(new Entry(cluster(says), says)));
      if (event.recorded().event() instanceof ClusterCreationStarted created
          && !without.test(created.id())) {
        clusters.add(created.id());
      }
    }
    for (ClusterId id : clusters) {
      ClusterAudit audit = new ClusterAudit(id);
      for (Sequenced<ClusterEvent> event :
          journal.clusterUntil(id, 1, until).toCompletableFuture().join()) {
        audit
            .next(event.recorded(), at -> environment.nameOf(id, at))
            .forEach(says -> all.add(new Entry(Optional.of(id), says)));
      }
    }
    return all.stream()
        .filter(entry -> entry.event().at().instant().isAfter(after))
        .filter(entry -> !entry.event().at().instant().isAfter(until))
        .sorted(Comparator.comparing(entry -> entry.event().at()))
        .toList();
  }

  /** Names and owners are the environment's, and told of the cluster that has them. */
  private static Optional<ClusterId> cluster(AuditEvent says) {
    return says.details().get("cluster_id") instanceof String id
        ? Optional.of(new ClusterId(id))
        : Optional.empty();
  }
}

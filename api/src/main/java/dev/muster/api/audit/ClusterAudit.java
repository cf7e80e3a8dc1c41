package dev.muster.api.audit;

import static dev.muster.api.audit.AuditEvent.Kind.ALTER;
import static dev.muster.api.audit.AuditEvent.Kind.COMMENT;
import static dev.muster.api.audit.AuditEvent.Kind.CREATE;
import static dev.muster.api.audit.AuditEvent.Kind.DROP;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReconfigurationRetargeted;
import dev.muster.journal.event.ClusterEvent.ReconfigurationStarted;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaRenamed;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPromotion;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The audit of one cluster: takes its events one after the other, since an event names a replica by
 * its id alone and the log says its name too.
 */
public final class ClusterAudit {
  private final ClusterId id;
  private final Map<ReplicaId, KnownReplica> replicas = new HashMap<>();

  public ClusterAudit(ClusterId id) {
    this.id = id;
  }

  /**
   * What the log says of the next event, in the order of the times that it has; nothing where it is
   * no change.
   *
   * @param nameAt the cluster's name at a time
   */
  public List<AuditEvent> next(
      Recorded<ClusterEvent> recorded, Function<HybridTime, String> nameAt) {
    List<AuditEvent> rows = new ArrayList<>();
    if (recorded.event() instanceof ReconfigurationFinished finished && finished.timesApart()) {
      rows.addAll(cutOver(finished, recorded, nameAt));
    }
    of(recorded.event(), new Entry(recorded.at(), recorded.by(), nameAt)).ifPresent(rows::add);
    remember(recorded.event());
    return rows;
  }

  /** Each replica that goes, then each that has another name, in this order. */
  private List<AuditEvent> cutOver(
      ReconfigurationFinished finished,
      Recorded<ClusterEvent> recorded,
      Function<HybridTime, String> nameAt) {
    List<AuditEvent> rows = new ArrayList<>();
    int left = finished.times();
    for (ReplicaId retired : finished.retired()) {
      Entry entry = new Entry(recorded.at().earlier(--left), recorded.by(), nameAt);
      entry.dropped(retired, Reason.RETIRED).ifPresent(rows::add);
    }
    for (ReplicaPromotion one : finished.promoted()) {
      Entry entry = new Entry(recorded.at().earlier(--left), recorded.by(), nameAt);
      entry.promoted(one).ifPresent(rows::add);
    }
    return rows;
  }

  private void remember(ClusterEvent event) {
    if (event instanceof ReplicaAdded added) {
      replicas.put(added.id(), new KnownReplica(added, added.name(), Optional.empty()));
    } else if (event instanceof ReplicaRenamed renamed) {
      replicas.computeIfPresent(renamed.id(), (id, known) -> known.named(renamed.newName()));
    } else if (event instanceof ReplicaDropped dropped) {
      replicas.remove(dropped.id());
    } else if (event instanceof ReconfigurationFinished finished) {
      finished.retired().forEach(replicas::remove);
      for (ReplicaPromotion one : finished.promoted()) {
        replicas.computeIfPresent(one.id(), (id, known) -> known.named(one.newName()));
      }
    } else if (event instanceof ClusterEvent.CommentChanged changed) {
      changed
          .replica()
          .ifPresent(
              one ->
                  replicas.computeIfPresent(
                      one, (id, known) -> known.commented(changed.comment())));
    }
  }

  /** What is told of a replica again when it goes. */
  private record KnownReplica(ReplicaAdded added, String name, Optional<String> comment) {
    KnownReplica named(String newName) {
      return new KnownReplica(added, newName, comment);
    }

    KnownReplica commented(Optional<String> newComment) {
      return new KnownReplica(added, name, newComment);
    }
  }

  private Optional<AuditEvent> of(ClusterEvent event, Entry entry) {
    return switch (event) {
      case ClusterEvent.ClusterCreated created ->
          entry.cluster(CREATE, "configuration", Configurations.of(created.configuration()));
      case ClusterEvent.ClusterDropped ignored -> entry.cluster(DROP, entry.cluster());
      case ClusterEvent.SizeChanged changed ->
          entry.altered("size", changed.oldSize(), changed.newSize());
      case ClusterEvent.ReplicationFactorChanged changed ->
          entry.altered("replication_factor", changed.oldFactor(), changed.newFactor());
      case ClusterEvent.AvailabilityZonesChanged changed ->
          entry.altered("availability_zones", changed.oldZones(), changed.newZones());
      case ClusterEvent.SettingsChanged changed -> entry.altered(changed);
      case ClusterEvent.ScheduleChanged changed -> entry.altered(changed);
      case ClusterEvent.AutoScalingChanged changed -> entry.altered(changed);
      case ClusterEvent.SizeRangeChanged changed -> entry.altered(changed);
      case ClusterEvent.ConvertedToManaged converted ->
          entry.cluster(ALTER, "configuration", Configurations.of(converted.configuration()));
      case ClusterEvent.ConvertedToUnmanaged ignored -> entry.altered("managed", true, false);
      case ReplicaAdded added -> entry.added(added);
      case ReplicaDropped dropped -> entry.dropped(dropped.id(), dropped.reason());
      case ReplicaRenamed renamed -> entry.renamed(renamed);
      case ClusterEvent.CommentChanged changed -> entry.commented(changed);
      case ReconfigurationStarted started ->
          entry.reconfiguration("started", started.from(), started.target(), started.deadline());
      case ReconfigurationRetargeted changed ->
          entry.reconfiguration(
              "retargeted", changed.oldTarget(), changed.newTarget(), changed.deadline());
      case ReconfigurationFinished finished -> entry.finished(finished);
      case ClusterEvent.ReconfigurationTimedOut timedOut ->
          entry.ended("timed-out", timedOut.target());
      case ClusterEvent.ReconfigurationCancelled cancelled ->
          entry.ended("cancelled", cancelled.target());
      case ClusterEvent.BurstStarted started -> entry.burst("started", "size", started.size());
      case ClusterEvent.BurstCaughtUp caughtUp ->
          entry.burst("caught-up", "lingers_until", caughtUp.lingersUntil().toString());
      case ClusterEvent.BurstResumed ignored -> entry.burst("resumed", "why", "not-hydrated");
      case ClusterEvent.BurstEnded ended -> entry.burst("ended", "why", ended.why().text());
      case ClusterEvent.ScalingDecided decided -> entry.scaled(decided);
      // No changes: the history of statuses tells of them.
      case ClusterEvent.ReplicaWaiting ignored -> Optional.empty();
      case ClusterEvent.ReplicaPlaced ignored -> Optional.empty();
      case ClusterEvent.ReplicaStarted ignored -> Optional.empty();
      case ClusterEvent.ReplicaHydrated ignored -> Optional.empty();
      case ClusterEvent.ReplicaFailed ignored -> Optional.empty();
    };
  }

  /** The log's entry at one time, of a cluster that is called so then. */
  private final class Entry {
    private final HybridTime at;
    private final Origin by;
    private final String clusterName;

    Entry(HybridTime at, Origin by, Function<HybridTime, String> nameAt) {
      this.at = at;
      this.by = by;
      this.clusterName = nameAt.apply(at);
    }

    /** The reference system calls them id and name; the others find all that is of a cluster. */
    Details cluster() {
      return new Details()
          .with("id", id.value())
          .with("name", clusterName)
          .with("cluster_id", id.value())
          .with("cluster_name", clusterName);
    }

    private Details replica(ReplicaId replica, String replicaName) {
      return new Details()
          .with("cluster_id", id.value())
          .with("cluster_name", clusterName)
          .with("replica_id", replica.value())
          .with("replica_name", replicaName);
    }

    Optional<AuditEvent> cluster(AuditEvent.Kind kind, Details details) {
      return Optional.of(details.event(at, by, kind, "cluster"));
    }

    Optional<AuditEvent> cluster(AuditEvent.Kind kind, String key, Object value) {
      return cluster(kind, cluster().with(key, value));
    }

    private Optional<AuditEvent> replica(AuditEvent.Kind kind, Details details) {
      return Optional.of(details.event(at, by, kind, "cluster-replica"));
    }

    Optional<AuditEvent> altered(String what, Object before, Object after) {
      return cluster(ALTER, cluster().changed(what, before, after));
    }

    Optional<AuditEvent> altered(ClusterEvent.SettingsChanged changed) {
      return altered(
          "settings",
          Configurations.of(changed.oldSettings()),
          Configurations.of(changed.newSettings()));
    }

    Optional<AuditEvent> altered(ClusterEvent.ScheduleChanged changed) {
      return altered(
          "schedule",
          Configurations.of(changed.oldSchedule()),
          Configurations.of(changed.newSchedule()));
    }

    Optional<AuditEvent> altered(ClusterEvent.AutoScalingChanged changed) {
      return altered(
          "auto_scaling_strategy",
          changed.oldStrategy().map(Configurations::of).orElse(null),
          changed.newStrategy().map(Configurations::of).orElse(null));
    }

    Optional<AuditEvent> altered(ClusterEvent.SizeRangeChanged changed) {
      return altered(
          "size_range",
          changed.oldRange().map(Configurations::of).orElse(null),
          changed.newRange().map(Configurations::of).orElse(null));
    }

    /** As the bill has it: what Muster has for itself costs nothing, unless billed as a size. */
    private static BigDecimal charged(ReplicaAdded added) {
      return added.internal() && added.billedAs().isEmpty()
          ? BigDecimal.ZERO
          : added.creditsPerHour();
    }

    private Details replica(ReplicaAdded added, String name) {
      return replica(added.id(), name)
          .with("logical_size", added.size())
          .with("disk", added.settings().disk().orElse(true))
          .with("billed_as", (Object) added.billedAs().orElse(null))
          .with("internal", added.internal());
    }

    Optional<AuditEvent> added(ReplicaAdded added) {
      return replica(
          CREATE,
          replica(added, added.name())
              .with("availability_zone", added.zone())
              .with("credits_per_hour", charged(added))
              .with("reason", added.reason().text()));
    }

    /** Its comment goes with it, and is told once more. */
    Optional<AuditEvent> dropped(ReplicaId gone, Reason reason) {
      KnownReplica known = replicas.get(gone);
      Details details =
          known == null
              ? replica(gone, gone.value())
              : replica(known.added(), known.name()).with("comment", known.comment());
      return replica(DROP, details.with("reason", reason.text()));
    }

    Optional<AuditEvent> promoted(ReplicaPromotion one) {
      return replica(
          ALTER,
          replica(one.id(), one.newName())
              .changed("name", one.oldName(), one.newName())
              .with("reason", Reason.RECONFIGURATION.text()));
    }

    Optional<AuditEvent> renamed(ReplicaRenamed renamed) {
      return replica(
          ALTER,
          replica(renamed.id(), renamed.newName())
              .changed("name", renamed.oldName(), renamed.newName()));
    }

    Optional<AuditEvent> commented(ClusterEvent.CommentChanged changed) {
      Object comment = changed.comment().orElse(null);
      return changed
          .replica()
          .map(one -> replica(COMMENT, replica(one, nameOf(one)).with("comment", comment)))
          .orElseGet(() -> cluster(COMMENT, "comment", comment));
    }

    private Details reconfiguration(String status) {
      return cluster().with("reason", Reason.RECONFIGURATION.text()).with("status", status);
    }

    Optional<AuditEvent> reconfiguration(
        String status, ReconfigurationTarget from, ReconfigurationTarget to, Instant deadline) {
      return cluster(
          ALTER,
          reconfiguration(status)
              .with("from", Configurations.of(from))
              .with("target", Configurations.of(to))
              .with("deadline", deadline.toString()));
    }

    Optional<AuditEvent> ended(String status, ReconfigurationTarget target) {
      return cluster(ALTER, reconfiguration(status).with("target", Configurations.of(target)));
    }

    Optional<AuditEvent> finished(ReconfigurationFinished finished) {
      List<Object> promoted = new ArrayList<>();
      for (ReplicaPromotion one : finished.promoted()) {
        Details renaming = new Details().with("replica_id", one.id().value());
        promoted.add(renaming.changed("name", one.oldName(), one.newName()).values());
      }
      List<Object> retired = new ArrayList<>();
      for (ReplicaId one : finished.retired()) {
        Details gone = new Details().with("replica_id", one.value());
        retired.add(gone.with("replica_name", nameOf(one)).values());
      }
      return cluster(
          ALTER,
          reconfiguration("finished")
              .changed("size", finished.from().size(), finished.target().size())
              .with("from", Configurations.of(finished.from()))
              .with("target", Configurations.of(finished.target()))
              .with("hydrated", finished.hydrated())
              .with("promoted", promoted)
              .with("retired", retired));
    }

    Optional<AuditEvent> burst(String status, String key, Object value) {
      return cluster(
          ALTER,
          cluster()
              .with("reason", Reason.HYDRATION_BURST.text())
              .with("status", status)
              .with(key, value));
    }

    Optional<AuditEvent> scaled(ClusterEvent.ScalingDecided decided) {
      return cluster(
          ALTER,
          cluster()
              .with("reason", Reason.LOAD.text())
              .with("status", "decided")
              .changed("size", decided.fromSize(), decided.toSize())
              .with("cause", decided.cause().text())
              .with("cpu_percent", decided.figures().cpuPercent())
              .with("memory_percent", decided.figures().memoryPercent()));
    }
  }

  private String nameOf(ReplicaId replica) {
    KnownReplica known = replicas.get(replica);
    return known == null ? replica.value() : known.name();
  }
}

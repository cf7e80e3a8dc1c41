package dev.muster.actors.cluster;

import dev.muster.actors.replica.ReplicaReport;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterEvent.ReplicaWaiting;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaWait;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import dev.muster.journal.state.ReplicaProgress.Failed;
import dev.muster.journal.state.ReplicaProgress.Hydrating;
import dev.muster.journal.state.ReplicaProgress.Pending;
import java.util.Optional;

/**
 * Decides what a supervisor's report is worth: an event when it is news, nothing when it repeats
 * what is known, is older than it, or is about a replica that was dropped meanwhile.
 */
public final class ReportDecider {
  private ReportDecider() {}

  public static Optional<ClusterEvent> decide(ClusterState state, ReplicaReport report) {
    return switch (state) {
      case ClusterState.Absent ignored -> Optional.empty();
      case ClusterState.Dropped ignored -> Optional.empty();
      case ClusterState.Live live ->
          live.replicas().stream()
              .filter(replica -> replica.id().equals(report.id()))
              .findFirst()
              .map(Replica::progress)
              .flatMap(progress -> news(progress, report));
    };
  }

  private static Optional<ClusterEvent> news(ReplicaProgress known, ReplicaReport report) {
    return switch (report) {
      case ReplicaReport.Started started when isNews(known, started) ->
          Optional.of(
              new ReplicaStarted(
                  started.id(),
                  started.incarnation(),
                  started.host(),
                  started.processId(),
                  started.provisionedAt(),
                  started.occurredAt()));
      case ReplicaReport.Started ignored -> Optional.empty();
      case ReplicaReport.Hydrated hydrated when isHydrating(known, hydrated.incarnation()) ->
          Optional.of(
              new ReplicaHydrated(
                  hydrated.id(),
                  hydrated.incarnation(),
                  hydrated.took(),
                  hydrated.objects(),
                  hydrated.bytes(),
                  hydrated.peakMemoryBytes(),
                  hydrated.memoryLimitBytes(),
                  hydrated.occurredAt()));
      case ReplicaReport.Hydrated ignored -> Optional.empty();
      case ReplicaReport.Failed failed when isNews(known, failed) ->
          Optional.of(
              new ReplicaFailed(
                  failed.id(),
                  failed.incarnation(),
                  failed.failure(),
                  failed.consecutiveFailures(),
                  failed.failingSince(),
                  failed.restartAt(),
                  failed.provisionedAt(),
                  failed.occurredAt()));
      case ReplicaReport.Failed ignored -> Optional.empty();
      case ReplicaReport.NoRoom refused when isToStart(known) ->
          Optional.of(
              new ReplicaWaiting(
                  refused.id(),
                  new ReplicaWait(ReplicaWait.Kind.NO_CAPACITY, Optional.of(refused.why()))));
      case ReplicaReport.NoRoom ignored -> Optional.empty();
      case ReplicaReport.FailedAgain ignored -> Optional.empty();
      case ReplicaReport.Utilized ignored -> Optional.empty();
      case ReplicaReport.Gone ignored -> Optional.empty();
    };
  }

  /** What has run once has its place, and whoever waits has none that it could lose. */
  private static boolean isToStart(ReplicaProgress known) {
    return known instanceof Pending pending && pending.waiting().isEmpty();
  }

  /** Each incarnation starts once; one that was lost with its host may be found running again. */
  private static boolean isNews(ReplicaProgress known, ReplicaReport.Started report) {
    return report.incarnation() > known.incarnation()
        || report.incarnation() == known.incarnation()
            && known instanceof Failed failed
            && failed.failure().kind() == ReplicaFailure.Kind.HOST_LOST;
  }

  private static boolean isHydrating(ReplicaProgress known, long incarnation) {
    return known instanceof Hydrating && known.incarnation() == incarnation;
  }

  /** One incarnation fails once, unless it could not even be started, again and again. */
  private static boolean isNews(ReplicaProgress known, ReplicaReport.Failed report) {
    if (report.incarnation() != known.incarnation()) {
      return report.incarnation() > known.incarnation();
    }
    return !(known instanceof Failed failed)
        || report.consecutiveFailures() > failed.consecutiveFailures();
  }
}

package dev.muster.actors.simulation;

import dev.muster.actors.cluster.ReportDecider;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.reconcile.Baseline;
import dev.muster.actors.reconcile.Desire;
import dev.muster.actors.reconcile.GracefulReconfiguration;
import dev.muster.actors.reconcile.Reconciler;
import dev.muster.actors.reconcile.Situation;
import dev.muster.actors.reconcile.Strategy;
import dev.muster.actors.replica.Backoff;
import dev.muster.actors.replica.ReplicaReport;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationStarted;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The planted defects that take more than leaving something out. */
final class Plants {
  private Plants() {}

  static Reconciler reconciler(Plant plant) {
    return plant == Plant.DROP_BEFORE_ADD
        ? new Reconciler(List.of(new Baseline(), new Hasty()))
        : Reconciler.STANDARD;
  }

  static Zones zones(Plant plant, List<String> zones) {
    return plant == Plant.DOUBLE_PLACEMENT
        ? new Zones(zones, Set.of(zones.get(0)))
        : Zones.of(zones);
  }

  static Backoff backoff(Plant plant) {
    return plant == Plant.NO_BACKOFF
        ? new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO)
        : new Backoff(
            Duration.ofMillis(World.BACKOFF_MIN_MILLIS),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));
  }

  /** What of a write reaches the journal. */
  static List<Recorded<ClusterEvent>> written(Plant plant, List<Recorded<ClusterEvent>> events) {
    return plant == Plant.PENDING_RECORD_LOST
        ? events.stream()
            .filter(recorded -> !(recorded.event() instanceof ReconfigurationStarted))
            .toList()
        : events;
  }

  /** Lets replicas run that no event asks for yet. */
  static void startEarly(World world, ClusterState wanted) {
    if (wanted instanceof ClusterState.Live live) {
      for (Replica replica : live.replicas()) {
        Host host = world.host(replica.zone());
        if (host.isAlive() && !host.inventory().contains(replica.id())) {
          host.start(replica.id(), 1, signal -> {});
        }
      }
    }
  }

  /**
   * What a supervisor reports that it should not: each failure of a crash loop, a hydration at the
   * first answer, or one that nothing has proven yet.
   *
   * @param count grows with every signal
   */
  static List<ReplicaReport> reports(
      Plant plant, ReplicaId id, RuntimeSignal signal, String host, int count) {
    if (plant == Plant.JOURNAL_FLOODED && signal instanceof RuntimeSignal.Ended ended) {
      return List.of(new ReplicaReport.Failed(id, ended.incarnation(), ended.failure(), count));
    }
    boolean hydrates =
        plant == Plant.HYDRATION_INVENTED && signal instanceof RuntimeSignal.Started
            || plant == Plant.LOOP_BELIEVED && signal instanceof RuntimeSignal.Hydrated;
    return hydrates ? hydrated(id, incarnation(signal), host) : List.of();
  }

  private static long incarnation(RuntimeSignal signal) {
    return signal instanceof RuntimeSignal.Started started
        ? started.incarnation()
        : ((RuntimeSignal.Hydrated) signal).incarnation();
  }

  private static List<ReplicaReport> hydrated(ReplicaId id, long incarnation, String host) {
    return List.of(
        new ReplicaReport.Started(id, incarnation, host, 1),
        new ReplicaReport.Hydrated(id, incarnation, Duration.ZERO, 1, 1, 1));
  }

  /** Takes every report of a failure for news, however old. */
  static Optional<ClusterEvent> believe(ClusterState state, ReplicaReport report) {
    boolean known =
        state instanceof ClusterState.Live live
            && live.replicas().stream().anyMatch(replica -> replica.id().equals(report.id()));
    return known && report instanceof ReplicaReport.Failed failed
        ? Optional.of(
            new ClusterEvent.ReplicaFailed(
                failed.id(), failed.incarnation(), failed.failure(), failed.consecutiveFailures()))
        : ReportDecider.decide(state, report);
  }

  /** Cuts over as soon as it is asked to, to replicas that have not hydrated. */
  private static final class Hasty implements Strategy {
    private final GracefulReconfiguration graceful = new GracefulReconfiguration();

    @Override
    public List<ClusterEvent> advance(Situation situation) {
      return situation.state().reconfiguration().isPresent()
          ? List.of(GracefulReconfiguration.cutOver(situation.state(), false))
          : List.of();
    }

    @Override
    public List<Desire> desire(Situation situation) {
      return graceful.desire(situation);
    }
  }
}

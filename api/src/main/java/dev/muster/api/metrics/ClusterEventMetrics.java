package dev.muster.api.metrics;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.BurstStarted;
import dev.muster.journal.event.ClusterEvent.ReconfigurationCancelled;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReconfigurationStarted;
import dev.muster.journal.event.ClusterEvent.ReconfigurationTimedOut;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ScalingDecided;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ScalingCause;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.ReplicaProgress;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Counts what the events of this node's clusters tell, once they are durable. Since the node
 * started: the journal has the whole history. Safe for use by many threads.
 */
public final class ClusterEventMetrics {
  /** In seconds. */
  private static final double[] HYDRATION_BOUNDS = {
    0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200
  };

  private static final double MILLIS_PER_SECOND = 1e3;

  private final DistributionDataPoint hydrationSeconds;
  private final Map<ReplicaFailure.Kind, CounterDataPoint> restarts;
  private final Map<Reason, CounterDataPoint> added;
  private final Map<Reason, CounterDataPoint> dropped;
  private final CounterDataPoint reconfigurationsStarted;
  private final Ended finished;
  private final Ended forced;
  private final Ended timedOut;
  private final Ended cancelled;
  private final CounterDataPoint bursts;
  private final Map<ScalingCause, CounterDataPoint> scalings;

  /** Reconfigurations that ended in one way. */
  private record Ended(CounterDataPoint total, DistributionDataPoint seconds) {}

  ClusterEventMetrics(Families families) {
    hydrationSeconds =
        families
            .histogram(
                "muster_replica_hydration_duration_seconds",
                "How long replicas took to hydrate, from the start of their process.",
                HYDRATION_BOUNDS)
            .labelValues();
    restarts =
        children(
            families.counter(
                "muster_replica_restarts_total",
                "Failures of replicas, each followed by a restart, by cause.",
                "cause"),
            ReplicaFailure.Kind.class,
            ReplicaFailure.Kind::text);
    added =
        children(
            families.counter("muster_replicas_added_total", "Replicas added, by reason.", "reason"),
            Reason.class,
            Reason::text);
    dropped =
        children(
            families.counter(
                "muster_replicas_dropped_total", "Replicas dropped, by reason.", "reason"),
            Reason.class,
            Reason::text);
    reconfigurationsStarted =
        families
            .counter(
                "muster_reconfigurations_started_total", "Graceful reconfigurations that began.")
            .labelValues();
    Counter ended =
        families.counter(
            "muster_reconfigurations_ended_total",
            "Graceful reconfigurations by how they ended: finished, forced, timed_out, cancelled.",
            "outcome");
    Histogram endedSeconds =
        families.histogram(
            "muster_reconfiguration_duration_seconds",
            "How long graceful reconfigurations took, by how they ended.",
            HYDRATION_BOUNDS,
            "outcome");
    finished = ended(ended, endedSeconds, "finished");
    forced = ended(ended, endedSeconds, "forced");
    timedOut = ended(ended, endedSeconds, "timed_out");
    cancelled = ended(ended, endedSeconds, "cancelled");
    bursts =
        families
            .counter("muster_bursts_started_total", "Hydration bursts that began.")
            .labelValues();
    scalings =
        children(
            families.counter(
                "muster_scaling_decisions_total",
                "Sizes that Muster chose by itself, by cause.",
                "cause"),
            ScalingCause.class,
            ScalingCause::text);
  }

  /**
   * Events are durable.
   *
   * @param before the state that they happened to
   */
  public void happened(ClusterState before, List<Recorded<ClusterEvent>> events) {
    for (int i = 0; i < events.size(); i++) {
      ClusterEvent event = events.get(i).event();
      // No switch: to most events there is nothing to count.
      if (event instanceof ReplicaAdded replica) {
        added.get(replica.reason()).inc();
      } else if (event instanceof ReplicaDropped replica) {
        dropped.get(replica.reason()).inc();
      } else if (event instanceof ReplicaHydrated replica) {
        hydrationSeconds.observe(Families.seconds(replica.took()));
      } else if (event instanceof ReplicaFailed replica) {
        restarts.get(replica.failure().kind()).inc(failures(replica, before, events.subList(0, i)));
      } else if (event instanceof ScalingDecided decided) {
        scalings.get(decided.cause()).inc();
      } else if (event instanceof BurstStarted) {
        bursts.inc();
      } else {
        reconfiguration(before, events.get(i));
      }
    }
  }

  /** In a crash loop one event stands for all failures since the one before it. */
  private static long failures(
      ReplicaFailed failed, ClusterState before, List<Recorded<ClusterEvent>> meanwhile) {
    ClusterState state = before;
    for (Recorded<ClusterEvent> recorded : meanwhile) {
      state = state.evolve(recorded.at(), recorded.event());
    }
    return Math.max(1, failed.consecutiveFailures() - knownFailures(state, failed.id()));
  }

  private static int knownFailures(ClusterState state, ReplicaId id) {
    if (!(state instanceof ClusterState.Live live)) {
      return 0;
    }
    return live.replicas().stream()
        .filter(replica -> replica.id().equals(id))
        .findFirst()
        .map(
            replica ->
                switch (replica.progress()) {
                  case ReplicaProgress.Pending ignored -> 0;
                  case ReplicaProgress.Hydrating hydrating -> hydrating.consecutiveFailures();
                  case ReplicaProgress.Online online -> online.consecutiveFailures();
                  case ReplicaProgress.Failed failed -> failed.consecutiveFailures();
                })
        .orElse(0);
  }

  private void reconfiguration(ClusterState before, Recorded<ClusterEvent> recorded) {
    ClusterEvent event = recorded.event();
    if (event instanceof ReconfigurationStarted) {
      reconfigurationsStarted.inc();
    } else if (event instanceof ReconfigurationFinished end) {
      // The old replicas leave with the cut-over, which has no events of its own for them.
      dropped.get(Reason.RETIRED).inc(end.retired().size());
      ended(end.hydrated() ? finished : forced, before, recorded);
    } else if (event instanceof ReconfigurationTimedOut) {
      ended(timedOut, before, recorded);
    } else if (event instanceof ReconfigurationCancelled) {
      ended(cancelled, before, recorded);
    }
  }

  /** One that began and ended with the same write took no time that is worth noting. */
  private static void ended(Ended how, ClusterState before, Recorded<ClusterEvent> recorded) {
    how.total().inc();
    if (before instanceof ClusterState.Live live) {
      live.reconfiguration()
          .ifPresent(
              under ->
                  how.seconds()
                      .observe(
                          (recorded.at().epochMillis() - under.startedAt().epochMillis())
                              / MILLIS_PER_SECOND));
    }
  }

  private static Ended ended(Counter total, Histogram seconds, String outcome) {
    return new Ended(total.labelValues(outcome), seconds.labelValues(outcome));
  }

  private static <E extends Enum<E>> Map<E, CounterDataPoint> children(
      Counter counter, Class<E> kinds, Function<E, String> text) {
    Map<E, CounterDataPoint> children = new EnumMap<>(kinds);
    Arrays.stream(kinds.getEnumConstants())
        .forEach(kind -> children.put(kind, counter.labelValues(text.apply(kind))));
    return children;
  }
}

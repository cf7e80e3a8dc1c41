package dev.muster.api.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.OptionalLong;

/** Recoveries of this node's entities, and their writes to the journal, whatever its kind. */
public final class EntityMetrics {
  /** In seconds. From a commit that was shared to a disk that hangs. */
  private static final double[] WRITE_BOUNDS = {
    0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
    10
  };

  /** In seconds. */
  private static final double[] RECOVERY_BOUNDS = {0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 30, 120};

  private final Kind cluster;
  private final Kind environment;
  private final ClusterEventMetrics clusterEvents;

  EntityMetrics(Families families) {
    Metered metered = Metered.in(families);
    cluster = new Kind("cluster", metered);
    environment = new Kind("environment", metered);
    clusterEvents = new ClusterEventMetrics(families);
  }

  public Kind cluster() {
    return cluster;
  }

  public Kind environment() {
    return environment;
  }

  /** What the events of clusters tell. */
  public ClusterEventMetrics clusterEvents() {
    return clusterEvents;
  }

  /** The entities of one kind. Safe for use by many threads. */
  public static final class Kind {
    private final CounterDataPoint events;
    private final CounterDataPoint durable;
    private final CounterDataPoint failed;
    private final DistributionDataPoint writeSeconds;
    private final CounterDataPoint recovered;
    private final CounterDataPoint unreadable;
    private final DistributionDataPoint recoverySeconds;

    private Kind(String entity, Metered metered) {
      events = metered.events().labelValues(entity);
      durable = metered.writes().labelValues(entity, "durable");
      failed = metered.writes().labelValues(entity, "failed");
      writeSeconds = metered.writeSeconds().labelValues(entity);
      recovered = metered.recoveries().labelValues(entity, "recovered");
      unreadable = metered.recoveries().labelValues(entity, "unreadable");
      recoverySeconds = metered.recoverySeconds().labelValues(entity);
    }

    /**
     * A write is durable.
     *
     * @param tookNanos from its decision until the entity knew
     */
    public void wrote(int eventCount, long tookNanos) {
      events.inc(eventCount);
      durable.inc();
      writeSeconds.observe(Families.seconds(tookNanos));
    }

    /** The journal did not take a write. */
    public void writeFailed() {
      failed.inc();
    }

    /** An entity has been read from the journal. */
    public void recovered(Recovery recovery) {
      recovered.inc();
      recovery.tookNanos().ifPresent(nanos -> recoverySeconds.observe(Families.seconds(nanos)));
    }

    /** An entity could not be read from the journal. */
    public void unreadable() {
      unreadable.inc();
    }
  }

  /**
   * One entity's first recovery, from its beginning on. A later one, after a failure, waits for a
   * while before it begins: its duration would tell nothing.
   */
  public static final class Recovery {
    private final long beganNanos = System.nanoTime();
    private boolean over;

    private OptionalLong tookNanos() {
      if (over) {
        return OptionalLong.empty();
      }
      over = true;
      return OptionalLong.of(System.nanoTime() - beganNanos);
    }
  }

  /** The metrics of all kinds. */
  private record Metered(
      Counter events,
      Counter writes,
      Histogram writeSeconds,
      Counter recoveries,
      Histogram recoverySeconds) {
    static Metered in(Families families) {
      return new Metered(
          families.counter("muster_journal_events_total", "Events made durable.", "entity"),
          families.counter(
              "muster_journal_writes_total",
              "Writes to the journal, of one event or more, all or nothing: durable or failed.",
              "entity",
              "outcome"),
          families.histogram(
              "muster_journal_write_duration_seconds",
              "How long durable writes took, from the decision until the entity knew.",
              WRITE_BOUNDS,
              "entity"),
          families.counter(
              "muster_entity_recoveries_total",
              "Entities read from the journal on this node: recovered or unreadable.",
              "entity",
              "outcome"),
          families.histogram(
              "muster_entity_recovery_duration_seconds",
              "How long entities took from their beginning until they had been read.",
              RECOVERY_BOUNDS,
              "entity"));
    }
  }
}

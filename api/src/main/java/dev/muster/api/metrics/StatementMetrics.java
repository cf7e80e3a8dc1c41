package dev.muster.api.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Statements by kind and outcome, and how long they took. Safe for use by many threads.
 *
 * <p>A kind is a command tag, {@code ALTER CLUSTER} as {@code alter_cluster}, so that there are as
 * many as the grammar has. A statement that comes to no tag is {@link #INVALID}.
 */
public final class StatementMetrics {
  /** The tag of what did not parse, or could not be resolved. */
  public static final String INVALID = "INVALID";

  /** In seconds. From a lookup in memory to a reconfiguration that is waited for. */
  private static final double[] BOUNDS = {
    0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
    10, 60, 600
  };

  private final Counter total;
  private final Histogram seconds;
  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

  StatementMetrics(Families families) {
    total =
        families.counter(
            "muster_statements_total",
            "SQL statements by kind and outcome: success, refused (the statement's own fault),"
                + " canceled, failed (Muster's or its surroundings').",
            "kind",
            "outcome");
    seconds =
        families.histogram(
            "muster_statement_duration_seconds",
            "How long SQL statements took until their answer began, by kind.",
            BOUNDS,
            "kind");
  }

  /** The statements of one kind: to be asked for once, where it can be. */
  public Kind of(String tag) {
    Kind known = kinds.get(tag);
    return known != null ? known : kinds.computeIfAbsent(tag, this::kind);
  }

  private Kind kind(String tag) {
    String kind = tag.toLowerCase(Locale.ROOT).replace(' ', '_');
    return new Kind(
        total.labelValues(kind, "success"),
        total.labelValues(kind, "refused"),
        total.labelValues(kind, "canceled"),
        total.labelValues(kind, "failed"),
        seconds.labelValues(kind));
  }

  /** One kind of statement. */
  public static final class Kind {
    private final CounterDataPoint succeeded;
    private final CounterDataPoint refused;
    private final CounterDataPoint canceled;
    private final CounterDataPoint failed;
    private final DistributionDataPoint seconds;

    private Kind(
        CounterDataPoint succeeded,
        CounterDataPoint refused,
        CounterDataPoint canceled,
        CounterDataPoint failed,
        DistributionDataPoint seconds) {
      this.succeeded = succeeded;
      this.refused = refused;
      this.canceled = canceled;
      this.failed = failed;
      this.seconds = seconds;
    }

    public void succeeded(long tookNanos) {
      succeeded.inc();
      seconds.observe(Families.seconds(tookNanos));
    }

    /** It ended in an error with this SQLSTATE. */
    public void ended(String sqlState, long tookNanos) {
      outcome(sqlState).inc();
      seconds.observe(Families.seconds(tookNanos));
    }

    /**
     * Connection exceptions (08), lack of resources (53), intervention and unavailability (57),
     * errors of the system (58) and defects (XX) are not the statement's fault; 57014 is whoever
     * canceled it.
     */
    private CounterDataPoint outcome(String sqlState) {
      if (sqlState.equals("57014")) {
        return canceled;
      }
      return switch (sqlState.substring(0, 2)) {
        case "08", "53", "57", "58", "XX" -> failed;
        default -> refused;
      };
    }
  }
}

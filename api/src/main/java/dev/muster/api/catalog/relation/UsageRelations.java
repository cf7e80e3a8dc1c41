package dev.muster.api.catalog.relation;

import static dev.muster.api.catalog.relation.Relation.view;

import java.util.List;

/**
 * What clusters use and cost. Time is charged once (invariant 11): from a replica's creation to its
 * drop, or to the instant that is asked about; cut at hours and at the moments when a replica
 * becomes there for something else, each piece counted to the microsecond. Hours and days are those
 * of UTC, whatever the session's time zone: what is charged does not depend on who looks.
 */
final class UsageRelations {
  private UsageRelations() {}

  static List<Relation> all() {
    return List.of(
        usage("mz_internal.mz_cluster_usage_hourly", "hour"),
        usage("mz_internal.mz_cluster_usage_daily", "day"),
        view(
            "mz_internal.mz_credit_consumption_rate",
            "cluster_id text, cluster_name text, credits_per_hour numeric, replicas int8",
            """
            SELECT h.cluster_id, any_value(n.name),
              sum(CASE WHEN h.charged THEN h.credits_per_hour ELSE 0 END), count(*)
            FROM base.replica_history h
            LEFT JOIN base.cluster_name n ON n.id = h.cluster_id
            WHERE h.dropped_at IS NULL GROUP BY h.cluster_id\
            """));
  }

  /** Replicas that Muster has for itself cost nothing, unless they are billed as something. */
  private static Relation usage(String name, String unit) {
    return view(
        name,
        unit
            + " timestamptz, cluster_id text, cluster_name text, size text, purpose text,"
            + " replicas int8, seconds numeric, credits numeric",
        """
        WITH phase AS (
          SELECT n.replica_id, h.cluster_id, h.size, n.purpose,
            timezone('UTC', n.occurred_at) AS since,
            timezone('UTC', coalesce(
              lead(n.occurred_at) OVER (PARTITION BY n.replica_id ORDER BY n.occurred_at),
              h.dropped_at, fn.instant())) AS until,
            CASE WHEN h.charged THEN h.credits_per_hour ELSE 0 END AS credits_per_hour
          FROM base.name_history n JOIN base.replica_history h ON h.id = n.replica_id),
        piece AS (
          SELECT *, unnest(generate_series(date_trunc('UNIT', since),
            until - INTERVAL 1 microsecond, INTERVAL 1 UNIT)) AS unit
          FROM phase WHERE until > since),
        measured AS (
          SELECT *, (epoch_us(least(until, unit + INTERVAL 1 UNIT)) - epoch_us(greatest(since, unit)))
            ::DECIMAL(24,0) AS micros
          FROM piece)
        SELECT timezone('UTC', m.unit), m.cluster_id, any_value(n.name), m.size, m.purpose,
          count(DISTINCT m.replica_id), (sum(m.micros) * 0.000001)::DECIMAL(38,6),
          (sum(m.micros * m.credits_per_hour) * 0.000001 / 3600)::DECIMAL(38,9)
        FROM measured m LEFT JOIN base.cluster_name n ON n.id = m.cluster_id
        GROUP BY m.unit, m.cluster_id, m.size, m.purpose\
        """
            .replace("UNIT", unit));
  }
}

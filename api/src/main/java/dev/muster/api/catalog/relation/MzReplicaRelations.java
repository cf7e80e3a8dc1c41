package dev.muster.api.catalog.relation;

import static dev.muster.api.catalog.relation.Relation.view;

import java.util.List;

/**
 * The relations of {@code mz_internal} that tell how replicas are and were: the reference system's
 * columns first, and then what Muster knows beyond them.
 *
 * <p>Their instants are those at which something was so, not those at which it was journaled. Every
 * transition is in the status history. In a crash loop, from the sixth failure in a row on, that is
 * the failures whose number is a power of two, one an hour, those of another cause than the one
 * before, and the last start before each; the statuses show the latest. Until it has proven itself
 * such a replica is offline, and its starts and hydrations change nothing.
 */
final class MzReplicaRelations {
  private static final String PERCENT =
      """
        CASE WHEN r.progress = 'online' THEN 100.0::DOUBLE
          WHEN r.progress = 'hydrating'
          THEN o.objects_done::DOUBLE / nullif(o.objects_total, 0) * 100 END\
      """;

  /** As much again as it took so far, in proportion to the objects that are left. */
  private static final String ESTIMATED_END =
      """
        CASE WHEN r.progress = 'hydrating' AND o.objects_done > 0 THEN r.since
          + to_microseconds(((epoch_us(o.seen_at) - epoch_us(r.since))::DOUBLE
            * o.objects_total / o.objects_done)::BIGINT) END\
      """;

  /**
   * Whether this installation has its zone no longer, as after a start with other zones: what
   * serves may go on, and what hydrates is not watched by anybody.
   */
  private static final String STRANDED =
      """
      (r.availability_zone NOT IN (SELECT z.name FROM base.zone z)
        AND EXISTS (SELECT 1 FROM base.zone))\
      """;

  /** Whether it went with its zone, and may not be anywhere else. */
  private static final String OUT =
      """
      (r.reason = 'host-lost' AND r.availability_zone IN (SELECT z.zone FROM base.zone_outage z))\
      """;

  private MzReplicaRelations() {}

  static List<Relation> all() {
    return List.of(
        view(
            "mz_internal.mz_cluster_replica_statuses",
            "replica_id text, process_id int8, status text, reason text, updated_at timestamptz,"
                + " state text, detail text, consecutive_failures int8, failing_since timestamptz,"
                + " restart_at timestamptz, hydration_percent float8,"
                + " hydration_estimated_end timestamptz",
            """
            SELECT r.id, 0, CASE WHEN r.progress = 'online' THEN 'online'
                WHEN r.progress = 'hydrating' AND NOT %s THEN 'online'
                ELSE 'offline' END,
              CASE WHEN coalesce(r.reason, 'pending') IN ('pending', 'host-lost') AND %s
                THEN 'zone-not-configured'
                WHEN %s THEN 'zone-lost' ELSE r.reason END,
              r.since, CASE WHEN %s OR r.reason = 'host-lost' AND %s THEN 'waiting' ELSE r.state END,
              r.failure_detail, r.consecutive_failures, r.failing_since,
              CASE WHEN r.restart_at > fn.instant() THEN r.restart_at END,
            %s,
            %s
            FROM base.replica r LEFT JOIN base.observation o ON o.replica_id = r.id\
            """
                .formatted(STRANDED, STRANDED, OUT, OUT, STRANDED, PERCENT, ESTIMATED_END)),
        view(
            "mz_internal.mz_hydration_statuses",
            "object_id text, replica_id text, hydrated bool, objects_done int8,"
                + " objects_total int8, bytes int8, percent float8, started_at timestamptz,"
                + " estimated_end timestamptz, hydration_time interval, peak_memory_bytes int8,"
                + " memory_limit_bytes int8, memory_percent float8, memory_advice text",
            """
            SELECT r.cluster_id, r.id, r.progress = 'online', o.objects_done, o.objects_total,
              o.bytes,
            %s,
              CASE WHEN r.progress = 'hydrating' THEN r.since END,
            %s,
              to_microseconds(r.hydration_micros), r.peak_memory_bytes, r.memory_limit_bytes,
              r.peak_memory_bytes::DOUBLE / nullif(r.memory_limit_bytes, 0) * 100, r.memory_advice
            FROM base.replica r LEFT JOIN base.observation o ON o.replica_id = r.id\
            """
                .formatted(PERCENT, ESTIMATED_END)),
        view(
            "mz_internal.mz_compute_hydration_statuses",
            "object_id text, replica_id text, hydrated bool, hydration_time interval",
            """
            SELECT cluster_id, id, progress = 'online', to_microseconds(hydration_micros)
            FROM base.replica\
            """),
        view(
            "mz_internal.mz_cluster_hydration_history",
            "cluster_id text, cluster_name text, replica_id text, replica_name text, size text,"
                + " incarnation int8, cause text, down_since timestamptz, hydrated_at timestamptz,"
                + " hydration_time interval, recovery_time interval, hydration_seconds float8,"
                + " recovery_seconds float8, objects int8, bytes int8, peak_memory_bytes int8,"
                + " memory_limit_bytes int8, memory_percent float8, memory_advice text",
            """
            SELECT h.cluster_id, n.name, h.replica_id, h.replica_name, h.size, h.incarnation,
              h.cause, h.down_since, h.hydrated_at, to_microseconds(h.hydration_micros),
              to_microseconds(h.recovery_micros), h.hydration_micros::DOUBLE / 1e6,
              h.recovery_micros::DOUBLE / 1e6, h.objects, h.bytes, h.peak_memory_bytes,
              h.memory_limit_bytes,
              h.peak_memory_bytes::DOUBLE / nullif(h.memory_limit_bytes, 0) * 100, h.memory_advice
            FROM base.hydration_history h
            LEFT JOIN base.cluster_name n ON n.id = h.cluster_id\
            """),
        view(
            "mz_internal.mz_cluster_replica_metrics",
            "replica_id text, process_id int8, cpu_nano_cores int8, memory_bytes int8,"
                + " disk_bytes int8, heap_bytes int8, heap_limit int8, swap_bytes int8",
            """
            SELECT o.replica_id, 0, o.cpu_nano_cores, o.memory_bytes, o.disk_bytes, o.memory_bytes,
              coalesce(o.memory_limit_bytes, s.memory_bytes), NULL::BIGINT
            FROM base.observation o
            JOIN base.replica r ON r.id = o.replica_id
            LEFT JOIN base.size s ON s.size = r.size\
            """),
        view(
            "mz_internal.mz_cluster_replica_utilization",
            "replica_id text, process_id int8, cpu_percent float8, memory_percent float8,"
                + " disk_percent float8, heap_percent float8, swap_percent float8",
            """
            SELECT o.replica_id, 0,
              o.cpu_nano_cores::DOUBLE
                / nullif(coalesce(o.cpu_limit_nano_cores, s.cpu_nano_cores), 0) * 100,
              o.memory_bytes::DOUBLE
                / nullif(coalesce(o.memory_limit_bytes, s.memory_bytes), 0) * 100,
              o.disk_bytes::DOUBLE / nullif(s.disk_bytes, 0) * 100,
              o.memory_bytes::DOUBLE
                / nullif(coalesce(o.memory_limit_bytes, s.memory_bytes), 0) * 100,
              NULL::DOUBLE
            FROM base.observation o
            JOIN base.replica r ON r.id = o.replica_id
            LEFT JOIN base.size s ON s.size = r.size\
            """),
        view(
            "mz_internal.mz_cluster_replica_status_history",
            "replica_id text, process_id int8, status text, reason text, occurred_at timestamptz,"
                + " deployment_generation int8, state text, detail text,"
                + " consecutive_failures int8, failing_since timestamptz",
            """
            SELECT replica_id, 0, status, reason, occurred_at, NULL::BIGINT, state, detail,
              consecutive_failures, failing_since
            FROM base.status_history\
            """));
  }
}

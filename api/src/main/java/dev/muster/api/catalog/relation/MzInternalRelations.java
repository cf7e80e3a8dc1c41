package dev.muster.api.catalog.relation;

import static dev.muster.api.catalog.relation.Relation.table;
import static dev.muster.api.catalog.relation.Relation.view;

import java.util.List;

/** The relations of {@code mz_internal} that have rows. */
final class MzInternalRelations {
  private MzInternalRelations() {}

  static List<Relation> all() {
    return List.of(
        table(
            "mz_internal.mz_cluster_replica_sizes",
            MzCatalogRelations.SIZE_COLUMNS,
            "SELECT * FROM mz_catalog.mz_cluster_replica_sizes"),
        table(
            "mz_internal.mz_comments",
            "id text, object_type text, object_sub_id int4, comment text",
            """
            SELECT id, 'cluster', NULL::INTEGER, "comment" FROM base.cluster
            WHERE "comment" IS NOT NULL
            UNION ALL
            SELECT id, 'cluster-replica', NULL, "comment" FROM base.replica
            WHERE "comment" IS NOT NULL
            UNION ALL
            SELECT id, 'role', NULL, "comment" FROM base.role WHERE "comment" IS NOT NULL\
            """),
        table(
            "mz_internal.mz_cluster_schedules",
            "cluster_id text, type text, refresh_hydration_time_estimate interval",
            """
            SELECT id, coalesce(schedule, 'manual'), to_microseconds(refresh_micros)
            FROM base.cluster\
            """),
        table(
            "mz_internal.mz_cluster_auto_scaling_strategies",
            "cluster_id text, strategy jsonb, state jsonb",
            """
            SELECT id,
              CASE WHEN hydration_size IS NULL THEN NULL
                WHEN linger_micros IS NULL
                THEN json_object('on_hydration', json_object('hydration_size', hydration_size))
                ELSE json_object('on_hydration', json_object('hydration_size', hydration_size,
                  'linger_duration', json_object('secs', linger_micros // 1000000,
                    'nanos', linger_micros % 1000000 * 1000))) END,
              burst_state::JSON
            FROM base.cluster WHERE hydration_size IS NOT NULL OR burst_state IS NOT NULL\
            """),
        ScalingRelations.loadScaling(),
        ScalingRelations.decisions(),
        table(
            "mz_internal.mz_cluster_reconfigurations",
            "cluster_id text, status text, deadline timestamptz, on_timeout text, target jsonb,"
                + " changes jsonb, started_at timestamptz, started_by text,"
                + " updated_at timestamptz",
            """
            SELECT id, reconfiguration_status, reconfiguration_deadline, reconfiguration_on_timeout,
              reconfiguration_target::JSON, reconfiguration_changes::JSON,
              reconfiguration_started_at, reconfiguration_started_by, reconfiguration_since
            FROM base.cluster WHERE reconfiguration_status IS NOT NULL\
            """),
        table(
            "mz_internal.mz_pending_cluster_replicas",
            "id text",
            """
            SELECT r.id FROM base.replica r JOIN base.cluster c ON c.id = r.cluster_id
            WHERE c.managed AND r.name LIKE '%-pending'\
            """),
        table(
            "mz_internal.mz_internal_cluster_replicas",
            "id text",
            "SELECT id FROM base.replica WHERE internal"),
        view(
            "mz_internal.mz_cluster_replica_history",
            "replica_id text, size text, cluster_id text, cluster_name text, replica_name text,"
                + " created_at timestamptz, dropped_at timestamptz, credits_per_hour numeric",
            """
            SELECT r.id, r.size, r.cluster_id, n.name, r.name, r.created_at, r.dropped_at,
              CASE WHEN r.charged THEN r.credits_per_hour ELSE 0 END
            FROM base.replica_history r
            LEFT JOIN base.cluster_name n ON n.id = r.cluster_id\
            """),
        view(
            "mz_internal.mz_cluster_replica_name_history",
            "occurred_at timestamptz, id text, previous_name text, new_name text",
            """
            SELECT occurred_at, replica_id, previous_name, new_name FROM base.name_history\
            """),
        view(
            "mz_internal.mz_cluster_deployment_lineage",
            "cluster_id text, current_deployment_cluster_id text, cluster_name text",
            "SELECT id, id, name FROM base.cluster"),
        view(
            "mz_internal.mz_show_clusters",
            "name text, replicas text, comment text, target text",
            """
            SELECT name, replicas, coalesce("comment", ''), target_options FROM base.cluster\
            """),
        view(
            "mz_internal.mz_show_cluster_replicas",
            "cluster text, replica text, size text, ready bool, comment text",
            """
            SELECT c.name, r.name, r.size, r.progress IN ('hydrating', 'online'),
              coalesce(r."comment", '')
            FROM base.replica r JOIN base.cluster c ON c.id = r.cluster_id\
            """),
        view(
            "mz_internal.mz_availability_zones",
            "name text, state text, since timestamptz, reason text, hosts int8, replicas int8",
            """
            SELECT z.name, CASE WHEN o.zone IS NULL THEN 'online' ELSE 'offline' END, o.since,
              o.reason, coalesce(h.hosts, 0), coalesce(r.replicas, 0)
            FROM base.zone z
            LEFT JOIN (SELECT zone, count(*) AS hosts FROM base.host GROUP BY zone) h
              ON h.zone = z.name
            LEFT JOIN base.zone_outage o ON o.zone = z.name
            LEFT JOIN (SELECT availability_zone AS zone, count(*) AS replicas FROM base.replica
              WHERE coalesce(reason, '') NOT IN ('no-capacity', 'zone-lost') GROUP BY 1) r
              ON r.zone = z.name
            ORDER BY z.rowid\
            """),
        view(
            "mz_internal.mz_hosts",
            "name text, availability_zone text, state text, cpu_nano_cores int8,"
                + " memory_bytes int8, reserved_cpu_nano_cores int8, reserved_memory_bytes int8,"
                + " replicas int8",
            """
            SELECT h.name, h.zone, CASE WHEN o.zone IS NULL THEN 'online' ELSE 'offline' END,
              h.cpu_nano_cores, h.memory_bytes, coalesce(r.cpu_nano_cores, 0)::BIGINT,
              coalesce(r.memory_bytes, 0)::BIGINT, coalesce(r.replicas, 0)
            FROM base.host h
            LEFT JOIN base.zone_outage o ON o.zone = h.zone
            LEFT JOIN (SELECT coalesce(own.name, f.name) AS host,
                sum(t.cpu_nano_cores) AS cpu_nano_cores,
                sum(t.memory_bytes) AS memory_bytes, count(*) AS replicas
              FROM base.replica p LEFT JOIN base.taking t ON t.size = p.size
              LEFT JOIN base.host own ON own.name = p.host
              LEFT JOIN (SELECT zone, min_by(name, position) AS name FROM base.host GROUP BY zone) f
                ON f.zone = p.availability_zone
              WHERE coalesce(p.reason, '') NOT IN ('no-capacity', 'zone-lost') GROUP BY 1) r
              ON r.host = h.name
            ORDER BY h.position\
            """),
        view(
            "mz_internal.mz_show_roles",
            "name text, comment text",
            """
            SELECT name, coalesce("comment", '') FROM base.role
            WHERE id NOT LIKE 's%' OR name = 'mz_system'\
            """));
  }
}

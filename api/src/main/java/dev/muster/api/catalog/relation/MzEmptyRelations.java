package dev.muster.api.catalog.relation;

import static dev.muster.api.catalog.relation.Relation.empty;

import java.util.List;

/** Relations of what Muster does not manage, or not yet: with the documented columns, no rows. */
final class MzEmptyRelations {
  private static final String SQL = ", create_sql text, redacted_create_sql text";

  private MzEmptyRelations() {}

  static List<Relation> all() {
    return List.of(
        empty(
            "mz_catalog.mz_cluster_replica_frontiers",
            "object_id text, replica_id text, write_frontier numeric"),
        empty(
            "mz_catalog.mz_connections",
            "id text, oid oid, schema_id text, name text, type text, owner_id text,"
                + " privileges aclitem[]"
                + SQL),
        empty(
            "mz_catalog.mz_indexes",
            "id text, oid oid, name text, on_id text, cluster_id text, owner_id text" + SQL),
        empty(
            "mz_catalog.mz_index_columns",
            "index_id text, index_position int8, on_position int8, on_expression text,"
                + " nullable bool"),
        empty(
            "mz_catalog.mz_materialized_views",
            "id text, oid oid, schema_id text, name text, cluster_id text, definition text,"
                + " owner_id text, privileges aclitem[]"
                + SQL),
        empty(
            "mz_catalog.mz_sources",
            "id text, oid oid, schema_id text, name text, type text, connection_id text, size text,"
                + " envelope_type text, key_format text, value_format text, cluster_id text,"
                + " owner_id text, privileges aclitem[]"
                + SQL),
        empty(
            "mz_catalog.mz_sinks",
            "id text, oid oid, schema_id text, name text, type text, connection_id text, size text,"
                + " envelope_type text, format text, key_format text, value_format text,"
                + " cluster_id text, owner_id text"
                + SQL),
        empty(
            "mz_catalog.mz_secrets",
            "id text, oid oid, schema_id text, name text, owner_id text, privileges aclitem[]"),
        empty(
            "mz_catalog.mz_functions",
            "id text, oid oid, schema_id text, name text, argument_type_ids text[],"
                + " variadic_argument_type_id text, return_type_id text, returns_set bool,"
                + " owner_id text"),
        empty("mz_catalog.mz_recent_storage_usage", "object_id text, size_bytes int8"),
        empty(
            "mz_catalog.mz_storage_usage",
            "object_id text, size_bytes int8, collection_timestamp timestamptz"),
        empty("mz_catalog.mz_egress_ips", "egress_ip text, prefix_length int4, cidr text"),
        empty("mz_catalog.mz_array_types", "id text, element_id text"),
        empty("mz_catalog.mz_base_types", "id text"),
        empty("mz_catalog.mz_pseudo_types", "id text"),
        empty("mz_catalog.mz_kafka_sinks", "id text, topic text"),
        empty("mz_catalog.mz_kafka_sources", "id text, group_id_prefix text, topic text"),
        empty(
            "mz_internal.mz_cluster_replica_metrics_history",
            "replica_id text, process_id int8, cpu_nano_cores int8, memory_bytes int8,"
                + " disk_bytes int8, occurred_at timestamptz, heap_bytes int8, heap_limit int8,"
                + " swap_bytes int8, deployment_generation int8"),
        empty(
            "mz_internal.mz_cluster_replica_utilization_history",
            "replica_id text, process_id int8, cpu_percent float8, memory_percent float8,"
                + " disk_percent float8, heap_percent float8, swap_percent float8,"
                + " occurred_at timestamptz, deployment_generation int8"),
        empty(
            "mz_internal.mz_recent_activity_log_redacted",
            "execution_id uuid, sample_rate float8, cluster_id text, application_name text,"
                + " cluster_name text, database_name text, search_path text[],"
                + " transaction_isolation text, execution_timestamp int8, transient_index_id text,"
                + " params text[], mz_version text, began_at timestamptz, finished_at timestamptz,"
                + " finished_status text, error_message text, result_size int8,"
                + " rows_returned int8, execution_strategy text, transaction_id int8,"
                + " prepared_statement_id uuid, sql_hash bytea, prepared_statement_name text,"
                + " session_id uuid, prepared_at timestamptz, statement_type text,"
                + " throttled_count int8, connected_at timestamptz, initial_application_name text,"
                + " authenticated_user text, redacted_sql text"),
        empty("mz_internal.mz_object_dependencies", "object_id text, referenced_object_id text"),
        empty(
            "mz_internal.mz_object_transitive_dependencies",
            "object_id text, referenced_object_id text"),
        empty("mz_internal.mz_compute_dependencies", "object_id text, dependency_id text"),
        empty(
            "mz_internal.mz_materialization_lag",
            "object_id text, local_lag interval, global_lag interval, slowest_local_input_id text,"
                + " slowest_global_input_id text"),
        empty("mz_internal.mz_materialization_dependencies", "object_id text, dependency_id text"),
        empty("mz_internal.mz_wallclock_global_lag", "object_id text, lag interval"),
        empty(
            "mz_internal.mz_wallclock_global_lag_history",
            "object_id text, lag interval, occurred_at timestamptz"),
        empty(
            "mz_internal.mz_frontiers",
            "object_id text, read_frontier numeric, write_frontier numeric"),
        empty(
            "mz_internal.mz_source_statuses",
            "id text, name text, type text, last_status_change_at timestamptz, status text,"
                + " error text, details jsonb"),
        empty(
            "mz_internal.mz_sink_statuses",
            "id text, name text, type text, last_status_change_at timestamptz, status text,"
                + " error text, details jsonb"),
        empty(
            "mz_internal.mz_source_statistics",
            "id text, replica_id text, messages_received int8, bytes_received int8,"
                + " updates_staged int8, updates_committed int8, records_indexed int8,"
                + " bytes_indexed int8, snapshot_committed bool, offset_known int8,"
                + " offset_committed int8"),
        empty(
            "mz_internal.mz_sink_statistics",
            "id text, replica_id text, messages_staged int8, messages_committed int8,"
                + " bytes_staged int8, bytes_committed int8"),
        empty(
            "mz_internal.mz_subscriptions",
            "id text, session_id uuid, cluster_id text, created_at timestamptz,"
                + " referenced_object_ids text[]"),
        empty(
            "mz_internal.mz_sessions",
            "id uuid, connection_id int8, role_id text, client_ip text, connected_at timestamptz"),
        empty(
            "mz_internal.mz_license_keys",
            "id text, organization text, environment_id text, expiration timestamptz,"
                + " not_before timestamptz"),
        empty(
            "mz_internal.mz_network_policies",
            "id text, name text, owner_id text, privileges aclitem[], oid oid"),
        empty("mz_internal.mz_history_retention_strategies", "id text, strategy text, value jsonb"),
        empty("mz_internal.mz_object_global_ids", "id text, global_id text"));
  }
}

package dev.muster.api.catalog.relation;

import static dev.muster.api.catalog.relation.Relation.table;
import static dev.muster.api.catalog.relation.Relation.view;

import java.util.List;

/** The relations of {@code mz_catalog} that have rows. */
final class MzCatalogRelations {
  static final String SIZE_COLUMNS =
      "size text, processes int8, workers int8, cpu_nano_cores int8, memory_bytes int8,"
          + " disk_bytes int8, credits_per_hour numeric";

  private MzCatalogRelations() {}

  static List<Relation> all() {
    return List.of(
        table(
            "mz_catalog.mz_clusters",
            "id text, name text, owner_id text, privileges aclitem[], managed bool, size text,"
                + " replication_factor int8, disk bool, availability_zones text[],"
                + " introspection_debugging bool, introspection_interval interval",
            """
            SELECT id, name, owner_id, privileges, managed, size, replication_factor, disk,
              availability_zones, introspection_debugging, to_microseconds(introspection_micros)
            FROM base.cluster\
            """),
        table(
            "mz_catalog.mz_cluster_replicas",
            "id text, name text, cluster_id text, size text, availability_zone text,"
                + " owner_id text, disk bool",
            """
            SELECT id, name, cluster_id, size, availability_zone, owner_id, disk
            FROM base.replica\
            """),
        table(
            "mz_catalog.mz_cluster_replica_sizes",
            SIZE_COLUMNS,
            """
            SELECT size, processes, workers, cpu_nano_cores, memory_bytes, disk_bytes,
              credits_per_hour
            FROM base.size\
            """),
        table(
            "mz_catalog.mz_roles",
            "id text, oid oid, name text, inherit bool, rolcanlogin bool, rolsuper bool",
            "SELECT id, oid, name, inherit, login, superuser FROM base.role"),
        table(
            "mz_catalog.mz_databases",
            "id text, oid oid, name text, owner_id text, privileges aclitem[]",
            "SELECT 'u1', 16385, 'materialize', 's1', ['=U/s1', 's1=UC/s1']"),
        table(
            "mz_catalog.mz_schemas",
            "id text, oid oid, database_id text, name text, owner_id text, privileges aclitem[]",
            """
            SELECT id, oid, database_id, name, 's1', ['=U/s1', 's1=UC/s1'] FROM base.schema_\
            """),
        table(
            "mz_catalog.mz_audit_events",
            "id int8, event_type text, object_type text, details jsonb, user text,"
                + " occurred_at timestamptz",
            """
            SELECT id, event_type, object_type, details, "user", occurred_at
            FROM base.audit_event\
            """),
        table("mz_catalog.mz_system_privileges", "privileges aclitem", "SELECT 's1=RBNP/s1'"),
        view(
            "mz_catalog.mz_relations",
            "id text, oid oid, schema_id text, name text, type text, owner_id text,"
                + " cluster_id text, privileges aclitem[]",
            """
            SELECT id, oid, schema_id, name, kind, 's1', NULL::VARCHAR, ['=r/s1', 's1=r/s1']
            FROM base.relation\
            """),
        view(
            "mz_catalog.mz_objects",
            "id text, oid oid, schema_id text, name text, type text, owner_id text,"
                + " cluster_id text, privileges aclitem[]",
            """
            SELECT id, oid, schema_id, name, kind, 's1', NULL::VARCHAR, ['=r/s1', 's1=r/s1']
            FROM base.relation
            UNION ALL
            SELECT id, oid, 's2', name, 'type', 's1', NULL, ['=U/s1', 's1=U/s1'] FROM base.type_\
            """),
        table(
            "mz_catalog.mz_tables",
            "id text, oid oid, schema_id text, name text, owner_id text, privileges aclitem[],"
                + " create_sql text, redacted_create_sql text, source_id text",
            """
            SELECT id, oid, schema_id, name, 's1', ['=r/s1', 's1=r/s1'], NULL::VARCHAR,
              NULL::VARCHAR, NULL::VARCHAR
            FROM base.relation WHERE kind = 'table'\
            """),
        table(
            "mz_catalog.mz_views",
            "id text, oid oid, schema_id text, name text, definition text, owner_id text,"
                + " privileges aclitem[], create_sql text, redacted_create_sql text",
            """
            SELECT id, oid, schema_id, name, '', 's1', ['=r/s1', 's1=r/s1'], NULL::VARCHAR,
              NULL::VARCHAR
            FROM base.relation WHERE kind = 'view'\
            """),
        table(
            "mz_catalog.mz_columns",
            "id text, name text, position int8, nullable bool, type text, default text,"
                + " type_oid oid, type_mod int4",
            """
            SELECT c.relation_id, c.name, c.position, true, t.display, NULL::VARCHAR, t.oid, -1
            FROM base.relation_column c JOIN base.type_ t ON t.oid = c.type_oid\
            """),
        table(
            "mz_catalog.mz_types",
            "id text, oid oid, schema_id text, name text, category text, owner_id text,"
                + " privileges aclitem[], create_sql text, redacted_create_sql text",
            """
            SELECT id, oid, 's2', name, category_name, 's1', ['=U/s1', 's1=U/s1'], NULL::VARCHAR,
              NULL::VARCHAR
            FROM base.type_\
            """));
  }
}

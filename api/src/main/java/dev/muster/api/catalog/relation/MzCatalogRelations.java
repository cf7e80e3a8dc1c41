package dev.muster.api.catalog.relation;

import static dev.muster.api.catalog.relation.Relation.table;

import java.util.List;

/** The relations of {@code mz_catalog} that tell of clusters, replicas, sizes and roles. */
final class MzCatalogRelations {
  private static final String SIZE_COLUMNS =
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
            "mz_internal.mz_cluster_replica_sizes",
            SIZE_COLUMNS,
            "SELECT * FROM mz_catalog.mz_cluster_replica_sizes"),
        table(
            "mz_catalog.mz_roles",
            "id text, oid oid, name text, inherit bool, rolcanlogin bool, rolsuper bool",
            "SELECT id, oid, name, inherit, login, superuser FROM base.role"));
  }
}

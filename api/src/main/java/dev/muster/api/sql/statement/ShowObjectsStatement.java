package dev.muster.api.sql.statement;

import dev.muster.api.sql.tree.ShowFilter;
import dev.muster.api.sql.tree.Statement;

/**
 * {@code SHOW CLUSTERS} and its like: a query over the catalog, in the columns of the reference.
 */
final class ShowObjectsStatement {
  private static final String CLUSTERS =
      """
      SELECT c.name,
             r.replicas,
             coalesce(k.comment, '') AS comment
        FROM mz_catalog.mz_clusters AS c
        LEFT JOIN (SELECT cluster_id,
                          string_agg(name || ' (' || size || ')', ', ' ORDER BY name) AS replicas
                     FROM mz_catalog.mz_cluster_replicas
                    GROUP BY cluster_id) AS r
               ON r.cluster_id = c.id
        LEFT JOIN mz_internal.mz_comments AS k
               ON k.id = c.id AND k.object_type = 'cluster' AND k.object_sub_id IS NULL\
      """;

  private static final String CLUSTER_REPLICAS =
      """
      SELECT c.name AS cluster,
             r.name AS replica,
             r.size,
             coalesce(s.ready, false) AS ready,
             coalesce(k.comment, '') AS comment
        FROM mz_catalog.mz_cluster_replicas AS r
        JOIN mz_catalog.mz_clusters AS c ON c.id = r.cluster_id
        LEFT JOIN (SELECT replica_id, bool_and(status = 'online') AS ready
                     FROM mz_internal.mz_cluster_replica_statuses
                    GROUP BY replica_id) AS s
               ON s.replica_id = r.id
        LEFT JOIN mz_internal.mz_comments AS k
               ON k.id = r.id AND k.object_type = 'cluster-replica' AND k.object_sub_id IS NULL\
      """;

  private static final String ROLES =
      """
      SELECT r.name,
             coalesce(k.comment, '') AS comment
        FROM mz_catalog.mz_roles AS r
        LEFT JOIN mz_internal.mz_comments AS k
               ON k.id = r.id AND k.object_type = 'role' AND k.object_sub_id IS NULL\
      """;

  private static final String DATABASES = "SELECT name, '' AS comment FROM mz_catalog.mz_databases";

  private static final String SCHEMAS = "SELECT name, '' AS comment FROM mz_catalog.mz_schemas";

  private ShowObjectsStatement() {}

  static CatalogQuery of(Statement.ShowObjects tree) {
    String base =
        switch (tree.kind()) {
          case CLUSTERS -> CLUSTERS;
          case CLUSTER_REPLICAS -> CLUSTER_REPLICAS;
          case ROLES -> ROLES;
          case DATABASES -> DATABASES;
          case SCHEMAS -> SCHEMAS;
        };
    boolean replicas = tree.kind() == Statement.ObjectKind.CLUSTER_REPLICAS;
    String like = replicas ? "replica" : "name";
    return CatalogQuery.show(
        "SELECT * FROM (\n"
            + base
            + ") AS shown"
            + tree.filter().map(filter -> condition(filter, like)).orElse("")
            + "\nORDER BY "
            + (replicas ? "cluster, replica" : "name"));
  }

  private static String condition(ShowFilter filter, String likeColumn) {
    return switch (filter) {
      case ShowFilter.Like like ->
          "\nWHERE " + likeColumn + " LIKE " + ReportSql.text(like.pattern());
      case ShowFilter.Where where -> "\nWHERE (" + where.condition() + "\n)";
    };
  }
}

package dev.muster.api.sql.statement;

import dev.muster.api.catalog.relation.advice.Advice;
import dev.muster.api.sql.tree.ShowFilter;
import dev.muster.api.sql.tree.Statement;

/**
 * {@code SHOW CLUSTERS} and its like: a query over the catalog, in the columns of the reference.
 */
final class ShowObjectsStatement {
  // These list replicas without an aggregation in each query.
  private static final String CLUSTERS = "mz_internal.mz_show_clusters";
  private static final String CLUSTER_REPLICAS = "mz_internal.mz_show_cluster_replicas";

  private static final String ADVICE = "mz_internal.mz_advice";

  private static final String ROLES =
      """
      (SELECT r.name,
              coalesce(k.comment, '') AS comment
        FROM mz_catalog.mz_roles AS r
        LEFT JOIN mz_internal.mz_comments AS k
               ON k.id = r.id AND k.object_type = 'role' AND k.object_sub_id IS NULL)\
      """;

  private static final String DATABASES =
      "(SELECT name, '' AS comment FROM mz_catalog.mz_databases)";

  private static final String SCHEMAS = "(SELECT name, '' AS comment FROM mz_catalog.mz_schemas)";

  private ShowObjectsStatement() {}

  static CatalogQuery of(Statement.ShowObjects tree) {
    String base =
        switch (tree.kind()) {
          case ADVICE -> ADVICE;
          case CLUSTERS -> CLUSTERS;
          case CLUSTER_REPLICAS -> CLUSTER_REPLICAS;
          case ROLES -> ROLES;
          case DATABASES -> DATABASES;
          case SCHEMAS -> SCHEMAS;
        };
    String like =
        switch (tree.kind()) {
          case ADVICE -> "cluster_name";
          case CLUSTER_REPLICAS -> "replica";
          case CLUSTERS, ROLES, DATABASES, SCHEMAS -> "name";
        };
    String order =
        switch (tree.kind()) {
          case ADVICE -> Advice.MOST_SEVERE_FIRST;
          case CLUSTER_REPLICAS -> "cluster, replica";
          case CLUSTERS, ROLES, DATABASES, SCHEMAS -> "name";
        };
    return CatalogQuery.show(
        "SELECT * FROM "
            + base
            + " AS shown"
            + tree.filter().map(filter -> condition(filter, like)).orElse("")
            + "\nORDER BY "
            + order,
        tree.asOf());
  }

  private static String condition(ShowFilter filter, String likeColumn) {
    return switch (filter) {
      case ShowFilter.Like like ->
          "\nWHERE " + likeColumn + " LIKE " + ReportSql.text(like.pattern());
      case ShowFilter.Where where -> "\nWHERE (" + where.condition() + "\n)";
    };
  }
}

package dev.muster.api.catalog.relation.advice;

/**
 * "Multi-replica clusters": while its only replica restarts, a cluster serves nothing for as long
 * as it takes to hydrate. The guideline is of clusters that compute and serve; one that is declared
 * for sources or sinks alone is left out, as are those of development, {@code quickstart} among
 * them ({@link Words#DEVELOPMENT}), and those that are idle.
 */
record SingleReplicaCheck() implements Check {
  @Override
  public String name() {
    return "single_replica";
  }

  @Override
  public String query() {
    return """
    SELECT c.id AS cluster_id, 'warning' AS severity, 'single-replica' AS advice,
      'it has one replica: when that restarts, or its machine or availability zone is lost, the'
        || ' cluster serves nothing until it has hydrated again'
        || coalesce(', which took ' || (q.hydration_micros::DOUBLE / 1e6)::DECIMAL(18,1)
          || ' s last time', '') AS reason,
      CASE WHEN c.managed THEN 'ALTER CLUSTER ' || c.quoted || ' SET (REPLICATION FACTOR 2)'
        ELSE 'CREATE CLUSTER REPLICA ' || c.quoted || '.'
          || FREE || ' SIZE = ' || SIZE END AS statement
    FROM subject c JOIN (
      SELECT cluster_id, count(*) AS replicas, min(size) AS size,
        max(hydration_micros) AS hydration_micros
      FROM member GROUP BY cluster_id) q ON q.cluster_id = c.id
    WHERE q.replicas = 1 AND coalesce(c.replication_factor, 1) = 1
      AND coalesce(c.schedule, 'manual') = 'manual'
      AND (c.production OR NOT c.development)
      AND NOT coalesce(len(c.tiers) = len(list_filter(c.tiers,
        lambda tier: tier IN ('sources', 'sinks'))), false)
      AND c.id NOT IN (SELECT cluster_id FROM idle)\
    """
        .replace("FREE", Texts.FREE_REPLICA_NAME)
        .replace("' SIZE = ' || SIZE", "' SIZE = ' || " + Texts.literal("q.size"));
  }
}

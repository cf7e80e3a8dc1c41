package dev.muster.api.catalog.relation.advice;

/**
 * "Production clusters for production workloads only": a cluster whose name says both, and a
 * replica whose name says that a production cluster has something else, too. Clusters of their own
 * for either are what the manual asks for, and may be in one environment. Comments are prose, and
 * not searched for words: a development team may well own a production cluster.
 */
record MixedUseCheck() implements Check {
  @Override
  public String name() {
    return "mixed_use";
  }

  @Override
  public String query() {
    return """
    SELECT c.id AS cluster_id, 'warning' AS severity, 'mixed-use' AS advice,
      'its name is one of production and of development: production clusters are for production'
        || ' alone, so give development a cluster of its own, and this one a name that says so'
        AS reason,
      'ALTER CLUSTER ' || c.quoted || ' RENAME TO ' || NAME AS statement
    FROM (SELECT k.*, CASE WHEN w.rest IN (SELECT name FROM base.cluster) THEN w.rest || '_' || k.id
        ELSE w.rest END AS new_name
      FROM subject k JOIN (SELECT id, REST AS rest FROM subject t) w ON w.id = k.id) c
    WHERE c.production AND c.development
    UNION ALL
    SELECT c.id, 'warning', 'mixed-use',
      'its replica ' || r.name || ' is named for development: every replica does the work of all'
        || ' others, so give development a cluster of its own',
      'ALTER CLUSTER REPLICA ' || c.quoted || '.' || REPLICA || ' RENAME TO ' || FREE
    FROM subject c JOIN member r ON r.cluster_id = c.id
    WHERE c.production AND NOT c.managed AND DEVELOPING\
    """
        .replace("NAME AS", Texts.identifier("c.new_name") + " AS")
        .replace("REST AS", Words.DEVELOPMENT.without("t.name") + " AS")
        .replace("FREE", Texts.FREE_REPLICA_NAME)
        .replace("REPLICA ||", Texts.identifier("r.name") + " ||")
        .replace("DEVELOPING", Words.DEVELOPMENT.in("r.name"));
  }
}

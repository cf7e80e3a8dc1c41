package dev.muster.api.catalog.relation.advice;

/**
 * Several replicas in one availability zone are all lost with it. Where Muster is free to, it
 * spreads them by itself; what is told here is what its user's choice of zones keeps it from.
 */
record OneZoneCheck() implements Check {
  @Override
  public String name() {
    return "one_zone";
  }

  @Override
  public String query() {
    return """
    SELECT c.id AS cluster_id, 'warning' AS severity, 'one-zone' AS advice,
      'all its ' || q.replicas || ' replicas are in the availability zone ' || q.zone
        || ', and are lost with it' AS reason,
      CASE WHEN c.managed THEN 'ALTER CLUSTER ' || c.quoted || ' RESET (AVAILABILITY ZONES)'
        ELSE 'CREATE CLUSTER REPLICA ' || c.quoted || '.' || FREE || ' SIZE = ' || SIZE
          || ', AVAILABILITY ZONE = ' || OTHER END AS statement
    FROM subject c JOIN (
      SELECT r.cluster_id, count(*) AS replicas, min(r.availability_zone) AS zone,
        min(r.size) AS size
      FROM member r GROUP BY r.cluster_id
      HAVING count(*) > 1 AND count(DISTINCT r.availability_zone) = 1) q ON q.cluster_id = c.id
    JOIN (SELECT min(z.name) AS name, q2.zone FROM base.zone z,
        (SELECT DISTINCT availability_zone AS zone FROM member) q2
      WHERE z.name <> q2.zone AND z.name NOT IN (SELECT zone FROM base.zone_outage)
      GROUP BY q2.zone) o ON o.zone = q.zone
    WHERE c.id NOT IN (SELECT cluster_id FROM idle)
      AND (NOT c.managed OR (len(c.availability_zones) > 0
        AND (SELECT count(*) FROM base.zone z WHERE list_contains(c.availability_zones, z.name)
          AND z.name NOT IN (SELECT zone FROM base.zone_outage)) <= 1))\
    """
        .replace("' SIZE = ' || SIZE", "' SIZE = ' || " + Texts.literal("q.size"))
        .replace("FREE", Texts.FREE_REPLICA_NAME)
        .replace("OTHER END", Texts.literal("o.name") + " END");
  }
}

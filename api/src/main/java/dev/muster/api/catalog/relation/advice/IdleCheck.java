package dev.muster.api.catalog.relation.advice;

/**
 * Replicas that serve nobody cost as much as those that do. Idle is a cluster of which, for three
 * days, no replica changed, and whose replicas were all last seen to use next to no CPU. Where that
 * is not measured there is no advice.
 */
record IdleCheck() implements Check {
  private static final int DAYS = 3;

  /** Of the CPU that the size stands for. */
  private static final String IDLE_TO = "0.01";

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String query() {
    return """
    SELECT c.id AS cluster_id, 'warning' AS severity, 'idle' AS advice,
      'its replicas were last seen to use ' || BUSIEST || ' of their CPU at most, and nothing'
        || ' happened to them for ' || (q.idle_hours // 24) || ' days: '
        || round(q.credits_per_hour * q.idle_hours, 2) || ' credits since, and '
        || (q.credits_per_hour * 24)::DECIMAL(18,2) || ' more every day' AS reason,
      CASE WHEN c.managed THEN 'ALTER CLUSTER ' || c.quoted || ' SET (REPLICATION FACTOR 0)'
        ELSE 'DROP CLUSTER REPLICA ' || q.names END AS statement
    FROM subject c JOIN (
      SELECT r.cluster_id, sum(r.credits_per_hour) AS credits_per_hour,
        max(o.cpu_nano_cores::DOUBLE / coalesce(o.cpu_limit_nano_cores, s.cpu_nano_cores))
          AS busiest,
        ((epoch_ms(fn.instant()) - epoch_ms(max(r.since))) // 3600000) AS idle_hours,
        string_agg(CLUSTER || '.' || REPLICA, ', ' ORDER BY r.name) AS names
      FROM member r JOIN subject k ON k.id = r.cluster_id
      LEFT JOIN base.observation o ON o.replica_id = r.id
      LEFT JOIN base.size s ON s.size = r.size
      GROUP BY r.cluster_id
      HAVING bool_and(coalesce(r.progress = 'online' AND o.cpu_nano_cores::DOUBLE
          / coalesce(o.cpu_limit_nano_cores, s.cpu_nano_cores) <= IDLE_TO, false))
        AND max(r.since) <= fn.instant() - INTERVAL 'DAYS days') q ON q.cluster_id = c.id
    WHERE coalesce(c.schedule, 'manual') = 'manual'\
    """
        .replace("BUSIEST", Texts.percent("q.busiest"))
        .replace("CLUSTER ||", Texts.identifier("k.name") + " ||")
        .replace("REPLICA,", Texts.identifier("r.name") + ",")
        .replace("IDLE_TO", IDLE_TO)
        .replace("DAYS", Integer.toString(DAYS));
  }
}

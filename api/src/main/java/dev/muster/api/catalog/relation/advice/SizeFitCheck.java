package dev.muster.api.catalog.relation.advice;

import dev.muster.journal.state.MemoryAdvice;

/**
 * "Consider both the hydration cost and the steady-state cost": the most memory that the replicas
 * needed to hydrate, beside what their size gives them. Where that is no room, or one is down
 * because it was killed for want of memory, the next size that has some, and where it is far too
 * much the cheapest that will do. Of clusters whose size follows their load nothing is said.
 */
record SizeFitCheck() implements Check {
  /** Sizes are only compared to those that are named alike. */
  private static final String SERIES =
      "CASE WHEN regexp_full_match(%1$s, '[0-9]+(cc|C)') THEN 'c'"
          + " WHEN regexp_matches(%1$s, '(small|medium|large)$') THEN 'named' ELSE 'other' END";

  @Override
  public String name() {
    return "size_fit";
  }

  @Override
  public String query() {
    return """
    SELECT c.id AS cluster_id,
      CASE WHEN q.killed THEN 'critical' WHEN q.share >= TOO_SMALL THEN 'warning' ELSE 'info' END
        AS severity,
      CASE WHEN q.share >= TOO_SMALL THEN 'size-too-small' ELSE 'size-too-large' END AS advice,
      CASE WHEN q.killed THEN 'a replica was killed because the memory of ' || c.size
          || ' did not suffice'
        ELSE 'to hydrate took ' || PEAK || ' of the memory of ' || c.size END
        || CASE WHEN s.size IS NOT NULL THEN '; it would be ' || EXPECTED || ' of ' || s.size
            || ', for ' || s.credits_per_hour::DECIMAL(18,2) || ' credits an hour instead of '
            || own.credits_per_hour::DECIMAL(18,2)
          ELSE ', and there is no larger size' END AS reason,
      'ALTER CLUSTER ' || c.quoted || ' SET (SIZE = ' || WANTED || ')' AS statement
    FROM subject c
    JOIN (
      SELECT r.cluster_id, bool_or(r.lacks_memory) AS killed,
        max(CASE WHEN r.lacks_memory THEN 1.0::DOUBLE
          ELSE r.peak_memory_bytes::DOUBLE / nullif(r.memory_limit_bytes, 0) END) AS share,
        max(o.cpu_nano_cores) AS cpu_nano_cores
      FROM member r JOIN subject k ON k.id = r.cluster_id AND k.size = r.size
      LEFT JOIN base.observation o ON o.replica_id = r.id
      WHERE r.lacks_memory OR r.peak_memory_bytes > 0 GROUP BY r.cluster_id) q
      ON q.cluster_id = c.id
    JOIN base.size own ON own.size = c.size
    LEFT JOIN base.size s ON SERIES_OF_S = SERIES_OF_OWN
      AND s.size IS DISTINCT FROM c.hydration_size
      AND CASE WHEN q.share >= TOO_SMALL
        THEN s.memory_bytes > own.memory_bytes AND q.share * own.memory_bytes / s.memory_bytes < 0.8
        ELSE s.memory_bytes < own.memory_bytes AND s.credits_per_hour < own.credits_per_hour
          AND q.share * own.memory_bytes / s.memory_bytes <= 0.5
          AND coalesce(q.cpu_nano_cores::DOUBLE / s.cpu_nano_cores <= 0.5, true) END
    WHERE c.min_size IS NULL
      AND (q.share >= TOO_SMALL OR (q.share <= TOO_LARGE AND s.size IS NOT NULL
        AND c.id NOT IN (SELECT cluster_id FROM idle)))
    QUALIFY row_number() OVER (PARTITION BY c.id
      ORDER BY s.credits_per_hour, s.memory_bytes, s.size) = 1\
    """
        .replace("TOO_SMALL", Double.toString(MemoryAdvice.TOO_SMALL_FROM))
        .replace("TOO_LARGE", Double.toString(MemoryAdvice.TOO_LARGE_TO))
        .replace("PEAK", Texts.percent("q.share"))
        .replace("EXPECTED", Texts.percent("(q.share * own.memory_bytes / s.memory_bytes)"))
        .replace("WANTED", Texts.literal("s.size"))
        .replace("SERIES_OF_S", SERIES.formatted("s.size"))
        .replace("SERIES_OF_OWN", SERIES.formatted("own.size"));
  }
}

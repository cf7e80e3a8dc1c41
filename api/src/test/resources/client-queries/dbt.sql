-- # does the cluster exist
SELECT * FROM mz_clusters WHERE name = 'nothing';
-- # is the cluster empty
-- = 0
WITH dataflows AS (
    SELECT mz_indexes.id FROM mz_indexes JOIN mz_clusters ON mz_indexes.cluster_id = mz_clusters.id WHERE mz_clusters.name = 'prod'
    UNION ALL
    SELECT mz_materialized_views.id FROM mz_materialized_views JOIN mz_clusters ON mz_materialized_views.cluster_id = mz_clusters.id WHERE mz_clusters.name = 'prod'
    UNION ALL
    SELECT mz_sources.id FROM mz_sources JOIN mz_clusters ON mz_clusters.id = mz_sources.cluster_id WHERE mz_clusters.name = 'prod'
    UNION ALL
    SELECT mz_sinks.id FROM mz_sinks JOIN mz_clusters ON mz_clusters.id = mz_sinks.cluster_id WHERE mz_clusters.name = 'prod'
)
SELECT count(*) FROM dataflows;
-- # configuration with schedule
-- = true | 25cc | 0 | on-refresh | SqlInterval[months=0, days=0, microseconds=3600000000]
SELECT c.managed, c.size, c.replication_factor, cs.type AS schedule_type,
  cs.refresh_hydration_time_estimate
FROM mz_clusters c LEFT JOIN mz_internal.mz_cluster_schedules cs ON cs.cluster_id = c.id
WHERE c.name = 'dev';
-- # grants through aclexplode
-- = GRANT CREATE ON CLUSTER "prod new" TO materialize
-- = GRANT USAGE ON CLUSTER "prod new" TO materialize
WITH cluster_privileges AS (
    SELECT mz_internal.mz_aclexplode(privileges).*
    FROM mz_clusters
    WHERE name = 'prod'
)
SELECT 'GRANT ' || privilege_type || ' ON CLUSTER ' || quote_ident('prod new') || ' TO ' || quote_ident(grantee.name) AS statement
FROM cluster_privileges JOIN mz_roles grantee ON cluster_privileges.grantee = grantee.id
WHERE grantee.name NOT IN ('mz_system', 'mz_support') ORDER BY privilege_type;
-- # clusters ready
-- = prod | false | 1
WITH ready AS (
  SELECT c.name AS cluster, bool_and(h.hydrated) AS hydrated
  FROM mz_clusters c
  JOIN mz_cluster_replicas r ON r.cluster_id = c.id
  LEFT JOIN mz_internal.mz_hydration_statuses h ON h.replica_id = r.id
  GROUP BY c.name
),
problems AS (
  SELECT r.cluster_id, count(*) FILTER (WHERE h.reason = 'oom-killed') AS oom
  FROM mz_internal.mz_cluster_replica_status_history h
  JOIN mz_cluster_replicas r ON r.id = h.replica_id
  WHERE h.occurred_at >= TIMESTAMPTZ '2026-01-01 00:30:00+00' - INTERVAL '24 hours'
  GROUP BY r.cluster_id
)
SELECT ready.cluster, ready.hydrated, coalesce(p.oom, 0) AS oom
FROM ready JOIN mz_clusters c ON c.name = ready.cluster LEFT JOIN problems p ON p.cluster_id = c.id
WHERE ready.cluster = ANY(ARRAY['prod', 'dev']) ORDER BY 1;
-- # lag
SELECT o.id, EXTRACT(EPOCH FROM l.lag) FROM mz_internal.mz_wallclock_global_lag l JOIN mz_objects o ON o.id = l.object_id
WHERE l.lag > INTERVAL '1 second';
-- # permissions
-- = true | true | true
SELECT mz_is_superuser(), has_system_privilege('CREATECLUSTER'), has_cluster_privilege('prod', 'USAGE');

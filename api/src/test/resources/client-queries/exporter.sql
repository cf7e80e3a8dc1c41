-- # utilization as float8 with labels
-- = u1 | prod | r1 | 100cc | az1 | 0 | 25.0 | 50.0
SELECT r.cluster_id AS cluster_id, c.name AS cluster_name, r.name AS replica_name, r.size,
  COALESCE(r.availability_zone, '') AS zone, u.process_id::text AS process_id,
  u.cpu_percent::float AS cpu_percent, u.memory_percent::float8 AS memory_percent
FROM mz_internal.mz_cluster_replica_utilization u
JOIN mz_cluster_replicas r ON u.replica_id = r.id
JOIN mz_clusters c ON c.id = r.cluster_id ORDER BY r.id;
-- # statuses
-- = prod | r1 | online | null | 2026-01-01T00:00:12Z
-- = prod | r2 | offline | oom-killed | 2026-01-01T00:00:14Z
SELECT c.name AS cluster, r.name AS replica, s.status, s.reason, s.updated_at
FROM mz_internal.mz_cluster_replica_statuses s
JOIN mz_cluster_replicas r ON r.id = s.replica_id
JOIN mz_clusters c ON r.cluster_id = c.id
WHERE c.id NOT LIKE 's%' ORDER BY c.name, r.name;
-- # replica counts by size
-- = 100cc | 2.0
SELECT size, count(*)::float AS replicas FROM mz_cluster_replicas GROUP BY size ORDER BY size;
-- # credits an hour
-- = 2.0
SELECT sum(s.credits_per_hour)::float AS credits FROM mz_cluster_replicas r JOIN mz_cluster_replica_sizes s ON r.size = s.size;
-- # recent activity
SELECT cluster_name, EXTRACT(EPOCH FROM max(finished_at - began_at)) AS seconds
FROM mz_internal.mz_recent_activity_log_redacted
WHERE prepared_at > now() - INTERVAL '5 minutes' GROUP BY cluster_name;
-- # history of replicas
-- = prod | r1 | 100cc | 2026-01-01T00:00:07Z | null | 1
-- = prod | r2 | 100cc | 2026-01-01T00:00:08Z | null | 1
-- = gone | r1 | 25cc | 2026-01-01T00:00:21Z | 2026-01-01T00:00:23Z | 0.25
SELECT cluster_name, replica_name, size, created_at, dropped_at, credits_per_hour
FROM mz_internal.mz_cluster_replica_history ORDER BY created_at, replica_id;
-- # arrangement of metrics
-- = u1-1 | 5.0E8 | 8.1395712E9 | null
SELECT replica_id, cpu_nano_cores::float8, memory_bytes::float8, disk_bytes::float8 FROM mz_internal.mz_cluster_replica_metrics ORDER BY replica_id;
-- # frontiers
SELECT object_id, replica_id, write_frontier FROM mz_catalog.mz_cluster_replica_frontiers;

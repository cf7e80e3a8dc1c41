-- # cluster by name, with owner and comment
-- = u1 | prod | true | 100cc | 2 | true | null | materialize | live | [u1=UC/u1]
SELECT mz_clusters.id, mz_clusters.name, mz_clusters.managed, mz_clusters.size,
  mz_clusters.replication_factor, mz_clusters.disk, mz_clusters.availability_zones,
  mz_roles.name AS owner_name, comments.comment AS comment, mz_clusters.privileges
FROM mz_clusters
JOIN mz_roles ON mz_clusters.owner_id = mz_roles.id
LEFT JOIN (
  SELECT id, comment FROM mz_internal.mz_comments WHERE object_type = 'cluster'
) comments ON mz_clusters.id = comments.id
WHERE mz_clusters.name = 'prod';
-- # clusters, all names in order
-- = dev
-- = prod
SELECT c.name FROM mz_catalog.mz_clusters AS c ORDER BY c.name;
-- # cluster by id
-- = dev
SELECT mz_clusters.name FROM mz_clusters WHERE mz_clusters.id = 'u2';
-- # cluster replicas with comments
-- = u1-1 | r1 | prod | 100cc | az1 | the first
-- = u1-2 | r2 | prod | 100cc | az2 | null
SELECT mz_cluster_replicas.id, mz_cluster_replicas.name AS replica_name,
  mz_clusters.name AS cluster_name, mz_cluster_replicas.size,
  mz_cluster_replicas.availability_zone, comments.comment AS comment
FROM mz_cluster_replicas
JOIN mz_clusters ON mz_cluster_replicas.cluster_id = mz_clusters.id
LEFT JOIN (
  SELECT id, comment FROM mz_internal.mz_comments WHERE object_type = 'cluster-replica'
) comments ON mz_cluster_replicas.id = comments.id
WHERE mz_clusters.name = 'prod' ORDER BY mz_cluster_replicas.name;
-- # role with unqualified pg_roles
-- = u1 | materialize | true | true | true
SELECT mz_roles.id, mz_roles.name AS role_name, mz_roles.inherit, pg_roles.rolsuper, pg_roles.rolcanlogin
FROM mz_roles JOIN pg_roles ON mz_roles.oid = pg_roles.oid
WHERE mz_roles.name = 'materialize';
-- # pending reconfiguration
SELECT target->>'size' AS size, (target->>'replication_factor')::bigint AS replication_factor
FROM mz_internal.mz_cluster_reconfigurations
WHERE cluster_id = 'u1' AND status = 'in-progress';
-- # auto-scaling strategy
-- = 200cc | 90
SELECT strategy->'on_hydration'->>'hydration_size' AS hydration_size,
  (strategy->'on_hydration'->'linger_duration'->>'secs')::bigint AS secs
FROM mz_internal.mz_cluster_auto_scaling_strategies WHERE cluster_id = 'u2';
-- # default privileges
SELECT mz_default_privileges.object_type, mz_default_privileges.grantee, mz_default_privileges.privileges
FROM mz_default_privileges LEFT JOIN mz_roles ON mz_default_privileges.role_id = mz_roles.id
WHERE mz_default_privileges.object_type = 'cluster';
-- # role memberships
SELECT mz_role_members.role_id, mz_role_members.member, mz_role_members.grantor FROM mz_role_members
JOIN mz_roles ON mz_role_members.role_id = mz_roles.id;
-- # system privileges
-- = s1=RBNP/s1
SELECT privileges FROM mz_system_privileges;
-- # schedule
-- = on-refresh | SqlInterval[months=0, days=0, microseconds=3600000000]
SELECT type, refresh_hydration_time_estimate FROM mz_internal.mz_cluster_schedules WHERE cluster_id = 'u2';

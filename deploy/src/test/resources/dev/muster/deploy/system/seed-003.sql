-- The design of managed clusters: every statement and every error of it, in its order.
-- Between examples that use one name for different clusters, the old one is dropped.

-- A quick tour of unmanaged clusters.
CREATE CLUSTER c REPLICAS (
r1 (SIZE 'small'),
r2 (SIZE 'medium')
);
DROP CLUSTER REPLICA c.r2;
CREATE CLUSTER REPLICA c.r2 SIZE 'small';
CREATE CLUSTER REPLICA c.r3 SIZE 'small';
CREATE CLUSTER REPLICA c.r1_big SIZE 'medium';
CREATE CLUSTER REPLICA c.r2_big SIZE 'medium';
CREATE CLUSTER REPLICA c.r3_big SIZE 'medium';
DROP CLUSTER REPLICA c.r1;
DROP CLUSTER REPLICA c.r2;
DROP CLUSTER REPLICA c.r3;
SELECT r.name, r.size FROM mz_cluster_replicas r JOIN mz_clusters c ON c.id = r.cluster_id WHERE c.name = 'c' ORDER BY 1;
DROP CLUSTER c;

-- Managed clusters.
CREATE CLUSTER foo SIZE 'small';
ALTER CLUSTER foo SET (SIZE 'medium');
ALTER CLUSTER foo SET (REPLICATION FACTOR 3);
SELECT r.name, r.size FROM mz_cluster_replicas r JOIN mz_clusters c ON c.id = r.cluster_id WHERE c.name = 'foo' ORDER BY 1;
ALTER CLUSTER foo SET (REPLICATION FACTOR 0);
SELECT count(*) FROM mz_cluster_replicas r JOIN mz_clusters c ON c.id = r.cluster_id WHERE c.name = 'foo';
CREATE CLUSTER foo2 SIZE 'small', REPLICATION FACTOR 2;
SELECT r.name, r.size FROM mz_cluster_replicas r JOIN mz_clusters c ON c.id = r.cluster_id WHERE c.name = 'foo2' ORDER BY 1;
CREATE CLUSTER dynamic REPLICATION FACTOR 3, MIN SIZE 'small', MAX SIZE 'xlarge';
DROP CLUSTER dynamic;
CREATE CLUSTER both SIZE 'small', REPLICAS (r1 (SIZE 'small'));
CREATE CLUSTER neither;
CREATE CLUSTER explicit SIZE 'small', MANAGED = true;
CREATE CLUSTER contrary SIZE 'small', MANAGED = false;
CREATE CLUSTER contrary MANAGED = true, REPLICAS ();
CREATE CLUSTER contrary REPLICAS (), REPLICATION FACTOR 2;

-- Altering.
CREATE CLUSTER c SIZE 'small';
ALTER CLUSTER c SET (SIZE = 'medium');
ALTER CLUSTER c SET (REPLICATION FACTOR = 2);
ALTER CLUSTER c SET (SIZE = 'small', REPLICATION FACTOR = 3);
SELECT name, managed, size, replication_factor FROM mz_clusters WHERE name = 'c';
ALTER CLUSTER c RESET (REPLICATION FACTOR);
SELECT name, managed, size, replication_factor FROM mz_clusters WHERE name = 'c';
SELECT r.name, r.size FROM mz_cluster_replicas r JOIN mz_clusters c ON c.id = r.cluster_id WHERE c.name = 'c' ORDER BY 1;
DROP CLUSTER c;

CREATE CLUSTER c REPLICAS ();
ALTER CLUSTER c SET (SIZE = 'medium');
ALTER CLUSTER c SET (REPLICATION FACTOR = 2);
SELECT name, managed, size, replication_factor FROM mz_clusters WHERE name = 'c';
DROP CLUSTER c;

-- Converting.
CREATE CLUSTER c REPLICAS (
r1 (SIZE 'small'),
r2 (SIZE 'small')
);
ALTER CLUSTER c SET (MANAGED = true);
SELECT name, managed, size, replication_factor FROM mz_clusters WHERE name = 'c';
ALTER CLUSTER c SET (MANAGED = false);
ALTER CLUSTER c SET (MANAGED); -- Shorthand for the above
SELECT name, managed, size, replication_factor FROM mz_clusters WHERE name = 'c';
DROP CLUSTER c;
CREATE CLUSTER c REPLICAS (
r1 (SIZE 'small'),
r2 (SIZE 'medium')
);
ALTER CLUSTER c SET (MANAGED);
DROP CLUSTER c;
CREATE CLUSTER c REPLICAS (
foo (SIZE 'small'),
bar (SIZE 'small'),
r3 (SIZE 'small')
);
ALTER CLUSTER c SET (MANAGED);
DROP CLUSTER c;
CREATE CLUSTER c REPLICAS (
r1 (SIZE 'small'),
r3 (SIZE 'medium')
);
ALTER CLUSTER c SET (MANAGED);
DROP CLUSTER c;

-- Replicas of managed clusters are nobody's business. (The document drops "c1.r1" and is told of "c": its slip.)
CREATE CLUSTER c SIZE 'small';
DROP CLUSTER REPLICA c1.r1;
DROP CLUSTER REPLICA c.r1;
CREATE CLUSTER REPLICA c.r2 SIZE 'small';
ALTER CLUSTER REPLICA c.r1 RENAME TO r2;
ALTER CLUSTER c SET (MANAGED = false);
CREATE CLUSTER REPLICA c.r2 SIZE 'small';
DROP CLUSTER REPLICA c.r1;
SELECT name, managed, size, replication_factor FROM mz_clusters WHERE name = 'c';
DROP CLUSTER c;

-- Renaming.
CREATE CLUSTER c1 REPLICAS (r1 (SIZE 'small'));
ALTER CLUSTER REPLICA c1.r1 RENAME TO r2;
ALTER CLUSTER c1 RENAME TO c2;
SELECT c.name, r.name, r.size FROM mz_cluster_replicas r JOIN mz_clusters c ON c.id = r.cluster_id WHERE c.name IN ('c1', 'c2');

-- The new columns.
SELECT pg_typeof(managed), pg_typeof(size), pg_typeof(replication_factor) FROM mz_clusters WHERE name = 'c2';
DROP CLUSTER c2, foo, foo2, explicit;

-- # getSchemas
-- = information_schema | materialize
-- = mz_catalog | materialize
-- = mz_internal | materialize
-- = pg_catalog | materialize
-- = public | materialize
SELECT nspname AS TABLE_SCHEM, current_database() AS TABLE_CATALOG FROM pg_catalog.pg_namespace WHERE nspname <> 'pg_toast' AND (nspname !~ '^pg_temp_' OR nspname = (pg_catalog.current_schemas(true))[1]) AND (nspname !~ '^pg_toast_temp_' OR nspname = replace((pg_catalog.current_schemas(true))[1], 'pg_temp_', 'pg_toast_temp_')) ORDER BY TABLE_SCHEM;
-- # getTables
-- = materialize | mz_catalog | mz_cluster_replica_frontiers | TABLE | null |  |  |  |  | 
-- = materialize | mz_catalog | mz_cluster_replica_sizes | TABLE | null |  |  |  |  | 
-- = materialize | mz_catalog | mz_cluster_replicas | TABLE | null |  |  |  |  | 
-- = materialize | mz_internal | mz_cluster_replica_sizes | TABLE | null |  |  |  |  | 
-- = materialize | mz_internal | mz_cluster_replica_metrics | VIEW | null |  |  |  |  | 
-- = materialize | mz_internal | mz_cluster_replica_statuses | VIEW | null |  |  |  |  | 
SELECT current_database() AS "TABLE_CAT", n.nspname AS "TABLE_SCHEM", c.relname AS "TABLE_NAME", CASE n.nspname ~ '^pg_' OR n.nspname = 'information_schema' WHEN true THEN CASE WHEN n.nspname = 'pg_catalog' OR n.nspname = 'information_schema' THEN CASE c.relkind WHEN 'r' THEN 'SYSTEM TABLE' WHEN 'v' THEN 'SYSTEM VIEW' WHEN 'i' THEN 'SYSTEM INDEX' ELSE NULL END ELSE NULL END WHEN false THEN CASE c.relkind WHEN 'r' THEN 'TABLE' WHEN 'v' THEN 'VIEW' ELSE NULL END ELSE NULL END AS "TABLE_TYPE", d.description AS "REMARKS", '' as "TYPE_CAT", '' as "TYPE_SCHEM", '' as "TYPE_NAME", '' AS "SELF_REFERENCING_COL_NAME", '' AS "REF_GENERATION" FROM pg_catalog.pg_namespace n, pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_description d ON (c.oid = d.objoid AND d.objsubid = 0 and d.classoid = 'pg_class'::regclass) WHERE c.relnamespace = n.oid AND c.relname LIKE 'mz_cluster_replica%s' ORDER BY "TABLE_TYPE","TABLE_SCHEM","TABLE_NAME";
-- # getColumns
-- = materialize | mz_catalog | mz_role_members | role_id | 25 | false | -1 | -1 | -1 | 1 | null | null | null | null | 0 | b
-- = materialize | mz_catalog | mz_role_members | member | 25 | false | -1 | -1 | -1 | 2 | null | null | null | null | 0 | b
-- = materialize | mz_catalog | mz_role_members | grantor | 25 | false | -1 | -1 | -1 | 3 | null | null | null | null | 0 | b
SELECT * FROM (SELECT current_database() AS current_database, n.nspname,c.relname,a.attname,a.atttypid,a.attnotnull OR (t.typtype = 'd' AND t.typnotnull) AS attnotnull,a.atttypmod,a.attlen,t.typtypmod,row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) AS attnum, nullif(a.attidentity, '') as attidentity,nullif(a.attgenerated, '') as attgenerated,pg_catalog.pg_get_expr(def.adbin, def.adrelid) AS adsrc,dsc.description,t.typbasetype,t.typtype FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class c ON (c.relnamespace = n.oid) JOIN pg_catalog.pg_attribute a ON (a.attrelid=c.oid) JOIN pg_catalog.pg_type t ON (a.atttypid = t.oid) LEFT JOIN pg_catalog.pg_attrdef def ON (a.attrelid=def.adrelid AND a.attnum = def.adnum) LEFT JOIN pg_catalog.pg_description dsc ON (c.oid=dsc.objoid AND a.attnum = dsc.objsubid) LEFT JOIN pg_catalog.pg_class dc ON (dc.oid=dsc.classoid AND dc.relname='pg_class') LEFT JOIN pg_catalog.pg_namespace dn ON (dc.relnamespace=dn.oid AND dn.nspname='pg_catalog') WHERE c.relkind in ('r','p','v','f','m') and a.attnum > 0 AND NOT a.attisdropped AND c.relname LIKE 'mz_role_members') c WHERE true ORDER BY nspname,c.relname,attnum;
-- # getPrimaryKeys
SELECT result.TABLE_CAT, result.TABLE_SCHEM, result.TABLE_NAME, result.COLUMN_NAME, result.KEY_SEQ, result.PK_NAME FROM (SELECT current_database() AS TABLE_CAT, n.nspname AS TABLE_SCHEM, ct.relname AS TABLE_NAME, a.attname AS COLUMN_NAME, (information_schema._pg_expandarray(i.indkey)).n AS KEY_SEQ, ci.relname AS PK_NAME, information_schema._pg_expandarray(i.indkey) AS KEYS, a.attnum AS A_ATTNUM FROM pg_catalog.pg_class ct JOIN pg_catalog.pg_attribute a ON (ct.oid = a.attrelid) JOIN pg_catalog.pg_namespace n ON (ct.relnamespace = n.oid) JOIN pg_catalog.pg_index i ON (a.attrelid = i.indrelid) JOIN pg_catalog.pg_class ci ON (ci.oid = i.indexrelid) WHERE true AND ct.relname = 'mz_clusters' AND i.indisprimary ) result where result.A_ATTNUM = (result.KEYS).x ORDER BY result.table_name, result.pk_name, result.key_seq;
-- # type by name
-- = true | pg_catalog | timestamptz
SELECT n.nspname = ANY(current_schemas(true)), n.nspname, t.typname FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON t.typnamespace = n.oid WHERE t.oid = 1184;
-- # types in the search path
-- = false | b | int8 | 20
SELECT typinput='array_in'::regproc as is_array, typtype, typname, pg_type.oid FROM pg_catalog.pg_type LEFT JOIN (select ns.oid as nspoid, ns.nspname, r.r from pg_namespace as ns join ( select s.r, (current_schemas(false))[s.r] as nspname from generate_series(1, array_upper(current_schemas(false), 1)) as s(r) ) as r using ( nspname ) ) as sp ON sp.nspoid = typnamespace WHERE typname = 'int8' ORDER BY sp.r, pg_type.oid DESC;
-- # array element types
-- = 1009 | _text
SELECT t.typarray, arr.typname FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON t.typnamespace = n.oid JOIN pg_catalog.pg_type arr ON arr.oid = t.typarray WHERE t.typname = 'text' AND n.nspname = 'pg_catalog';
-- # name length
-- = 64
SELECT t.typlen FROM pg_catalog.pg_type t, pg_catalog.pg_namespace n WHERE t.typnamespace=n.oid AND t.typname='name' AND n.nspname='pg_catalog';
-- # max index keys
-- = 32
SELECT setting FROM pg_catalog.pg_settings WHERE name='max_index_keys';
-- # getTypeInfo
-- = int4 | 23
-- = text | 25
SELECT t.typname,t.oid FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON (t.typnamespace = n.oid) WHERE n.nspname != 'pg_toast' AND t.typname IN ('int4', 'text') ORDER BY 1;
-- # getCatalogs
-- = materialize
SELECT datname AS TABLE_CAT FROM pg_catalog.pg_database WHERE datallowconn = true ORDER BY datname;
-- # keywords
-- = clusters,replica,replicas,qualify
select string_agg(word, ',') from pg_catalog.pg_get_keywords() where word <> ALL ('{a,abs,cluster}'::text[]);
-- # who am I
-- = materialize | materialize | materialize | materialize | materialize | public | public
SELECT current_user, session_user, current_role, current_user(), current_database(), current_schema(), current_schema;
-- # SQL standard columns
-- = role_id | text
-- = member | text
-- = grantor | text
SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'mz_catalog' AND table_name = 'mz_role_members' ORDER BY ordinal_position;
-- # settings
-- = test | null
SELECT current_setting('application_name'), current_setting('nothing_like_it', true);
-- # dbeaver version
-- = PostgreSQL
SELECT substring(version() from 1 for 10);
-- # pg_typeof
-- = integer | text | text | aclitem[] | interval
SELECT pg_typeof(1), pg_typeof(name), pg_typeof('x'::text), pg_typeof(privileges), pg_typeof(introspection_interval) FROM mz_clusters WHERE id = 'u1';
-- # pg_typeof of what the engine has no types for
-- = oid | name
SELECT pg_typeof(oid), pg_typeof(c.relname) FROM pg_class c WHERE relname = 'mz_roles';
-- # a parameter of no known type
-- = [a, b c, null] | [1, 2] | 3 | 2 | true
SELECT '{a,"b c",NULL}'::text[], '{1,2}'::int4[], 7 / 2, 1 + 1, 'x' IS NOT NULL AS set;
-- # float is eight bytes, and numeric has no padding
-- = 1.5 | 2 | 1.5 | SqlInterval[months=0, days=1, microseconds=7200000000] | a'b
SELECT 1.5::float, 2::numeric, 1.50::numeric(10,2), '1 day 02:00:00'::interval, E'a\'b';
-- # json
-- = x | object | {"k":1}
SELECT '{"a": {"b": [1, "x"]}}'::jsonb->'a'->'b'->>1, jsonb_typeof('{}'::jsonb), jsonb_build_object('k', 1);
-- # arrays
-- = a,b | b | 3 | 1
-- = a,b | b | 3 | 2
SELECT array_to_string(ARRAY['a','b'], ','), (ARRAY['a','b'])[2], array_length(ARRAY[1,2,3], 1), unnest(ARRAY[1,2]);
-- # nested set operations and common table expressions
-- = 1
-- = 3
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n EXCEPT SELECT 2 ORDER BY 1;
-- # using
-- = 100cc | prod | r1
-- = 100cc | prod | r2
SELECT size, c.name, r.name FROM mz_clusters c JOIN mz_cluster_replicas r USING (size) ORDER BY 3;
-- # lateral, unnest and order
-- = dev | az1
-- = dev | az2
SELECT c.name, z FROM mz_clusters c, LATERAL unnest(c.availability_zones) AS z ORDER BY z;
-- # nulls last when ascending
-- = a
-- = b
-- = null
SELECT size FROM (VALUES ('b'), (NULL), ('a')) AS t(size) ORDER BY size;

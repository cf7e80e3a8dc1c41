package dev.muster.api.catalog.relation;

import static dev.muster.api.catalog.relation.Relation.table;
import static dev.muster.api.catalog.relation.Relation.view;

import java.util.List;

/** The relations of {@code pg_catalog} that have rows: what psql and the drivers look at. */
final class PgCatalogRelations {
  /** mz_system's object id, as {@link StateRows#oid} gives it for s1. */
  private static final String OWNER = "16386";

  private PgCatalogRelations() {}

  static List<Relation> all() {
    return List.of(
        table(
            "pg_catalog.pg_database",
            "oid oid, datname name, datdba oid, encoding int4, datlocprovider char,"
                + " datistemplate bool, datallowconn bool, datconnlimit int4, datlastsysoid oid,"
                + " datcollate text, datctype text, daticulocale text, datcollversion text,"
                + " dattablespace oid, datacl aclitem[]",
            """
            SELECT 16385, 'materialize', %s, 6, 'c', false, true, -1, 0, 'C', 'C', NULL::VARCHAR,
              NULL::VARCHAR, 1663, NULL::VARCHAR[]\
            """
                .formatted(OWNER)),
        view("pg_catalog.pg_roles", roleColumns("rolpassword text"), roles("'********'")),
        view("pg_catalog.pg_authid", roleColumns("rolpassword text"), roles("NULL::VARCHAR")),
        view(
            "pg_catalog.pg_user",
            "usename name, usesysid oid, usecreatedb bool, usesuper bool, userepl bool,"
                + " usebypassrls bool, passwd text, valuntil timestamptz, useconfig text[]",
            """
            SELECT name, oid, superuser, superuser, false, false, '********',
              NULL::TIMESTAMP WITH TIME ZONE, NULL::VARCHAR[]
            FROM base.role WHERE login\
            """),
        table(
            "pg_catalog.pg_namespace",
            "oid oid, nspname name, nspowner oid, nspacl aclitem[]",
            """
            SELECT oid, name, %s, NULL::VARCHAR[] FROM base.schema_\
            """
                .formatted(OWNER)),
        table(
            "pg_catalog.pg_class",
            "oid oid, relname name, relnamespace oid, reltype oid, reloftype oid, relowner oid,"
                + " relam oid, relfilenode oid, reltablespace oid, relpages int4, reltuples float4,"
                + " relallvisible int4, reltoastrelid oid, relhasindex bool, relisshared bool,"
                + " relpersistence char, relkind char, relnatts int2, relchecks int2,"
                + " relhasrules bool, relhastriggers bool, relhassubclass bool,"
                + " relrowsecurity bool, relforcerowsecurity bool, relreplident char,"
                + " relispartition bool, relhasoids bool, relacl aclitem[], reloptions text[],"
                + " relpartbound text",
            """
            SELECT r.oid, r.name, r.schema_oid, 0, 0, %s, 0, 0, 0, 0, -1, 0, 0, false, false, 'p',
              CASE r.kind WHEN 'view' THEN 'v' ELSE 'r' END, r.columns, 0, false, false, false,
              false, false, 'n', false, false, NULL::VARCHAR[], NULL::VARCHAR[], NULL::VARCHAR
            FROM base.relation r\
            """
                .formatted(OWNER)),
        table(
            "pg_catalog.pg_attribute",
            "attrelid oid, attname name, atttypid oid, attstattarget int4, attlen int2, attnum"
                + " int2, attndims int4, atttypmod int4, attbyval bool, attalign char, attstorage"
                + " char, attcompression char, attnotnull bool, atthasdef bool, atthasmissing bool,"
                + " attidentity char, attgenerated char, attisdropped bool, attislocal bool,"
                + " attinhcount int4, attcollation oid, attacl aclitem[], attoptions text[],"
                + " attfdwoptions text[]",
            """
            SELECT c.relation_oid, c.name, c.type_oid, -1, t.length, c.position, 0, -1, false, 'i',
              'p', '', false, false, false, '', '', false, true, 0, 0, NULL::VARCHAR[],
              NULL::VARCHAR[], NULL::VARCHAR[]
            FROM base.relation_column c JOIN base.type_ t ON t.oid = c.type_oid\
            """),
        table(
            "pg_catalog.pg_type",
            "oid oid, typname name, typnamespace oid, typowner oid, typlen int2, typbyval bool,"
                + " typtype char, typcategory char, typispreferred bool, typisdefined bool,"
                + " typdelim char, typrelid oid, typsubscript regproc, typelem oid, typarray oid,"
                + " typinput regproc, typoutput regproc, typreceive regproc, typsend regproc,"
                + " typmodin regproc, typmodout regproc, typanalyze regproc, typalign char,"
                + " typstorage char, typnotnull bool, typbasetype oid, typtypmod int4,"
                + " typndims int4, typcollation oid, typdefault text, typacl aclitem[]",
            """
            SELECT oid, name, 11, %s, length, length > 0 AND length <= 8, 'b', category, false,
              true, ',', 0, CASE WHEN element_oid <> 0 THEN 'array_subscript_handler' ELSE '-' END,
              element_oid, array_oid,
              CASE WHEN element_oid <> 0 THEN 'array_in' ELSE name || 'in' END,
              CASE WHEN element_oid <> 0 THEN 'array_out' ELSE name || 'out' END, '-', '-', '-',
              '-', '-', 'i', 'x', false, 0, -1, 0, 0, NULL::VARCHAR, NULL::VARCHAR[]
            FROM base.type_\
            """
                .formatted(OWNER)),
        table(
            "pg_catalog.pg_am",
            "oid oid, amname name, amhandler regproc, amtype char",
            "SELECT 2, 'heap', 'heap_tableam_handler', 't'"),
        table(
            "pg_catalog.pg_collation",
            "oid oid, collname name, collnamespace oid, collowner oid, collprovider char,"
                + " collisdeterministic bool, collencoding int4, collcollate text, collctype text,"
                + " colliculocale text, collversion text",
            """
            SELECT 100, 'default', 11, %s, 'd', true, -1, NULL::VARCHAR, NULL::VARCHAR,
              NULL::VARCHAR, NULL::VARCHAR\
            """
                .formatted(OWNER)),
        table(
            "pg_catalog.pg_tablespace",
            "oid oid, spcname name, spcowner oid, spcacl aclitem[], spcoptions text[]",
            """
            SELECT 1663, 'pg_default', %s, NULL::VARCHAR[], NULL::VARCHAR[]\
            """
                .formatted(OWNER)),
        view(
            "pg_catalog.pg_settings",
            "name text, setting text, unit text, category text, short_desc text, extra_desc text,"
                + " context text, vartype text, source text, min_val text, max_val text,"
                + " enumvals text[], boot_val text, reset_val text, sourcefile text,"
                + " sourceline int4, pending_restart bool",
            """
            SELECT name, setting, NULL::VARCHAR, 'Preset Options', '', NULL::VARCHAR, 'internal',
              'string', 'default', NULL::VARCHAR, NULL::VARCHAR, NULL::VARCHAR[], setting, setting,
              NULL::VARCHAR, NULL::INTEGER, false
            FROM (VALUES ('max_index_keys', '32'), ('max_identifier_length', '255'),
              ('server_version', '9.5.0'), ('server_encoding', 'UTF8'),
              ('client_encoding', 'UTF8'), ('standard_conforming_strings', 'on'),
              ('integer_datetimes', 'on')) AS v(name, setting)\
            """),
        view(
            "pg_catalog.pg_tables",
            "schemaname name, tablename name, tableowner name, tablespace name, hasindexes bool,"
                + " hasrules bool, hastriggers bool, rowsecurity bool",
            """
            SELECT schema_name, name, 'mz_system', NULL::VARCHAR, false, false, false, false
            FROM base.relation WHERE kind = 'table'\
            """),
        view(
            "pg_catalog.pg_views",
            "schemaname name, viewname name, viewowner name, definition text",
            """
            SELECT schema_name, name, 'mz_system', '' FROM base.relation WHERE kind = 'view'\
            """),
        view(
            "pg_catalog.pg_get_keywords",
            "word text, catcode char, barelabel bool, catdesc text, baredesc text",
            """
            SELECT word, 'R', false, 'reserved', 'requires AS'
            FROM (VALUES ('cluster'), ('clusters'), ('replica'), ('replicas'), ('qualify')) AS v(word)\
            """));
  }

  private static String roleColumns(String password) {
    return "oid oid, rolname name, rolsuper bool, rolinherit bool, rolcreaterole bool,"
        + " rolcreatedb bool, rolcanlogin bool, rolreplication bool, rolbypassrls bool,"
        + " rolconnlimit int4, "
        + password
        + ", rolvaliduntil timestamptz, rolconfig text[]";
  }

  private static String roles(String password) {
    return """
    SELECT oid, name, superuser, inherit, superuser, superuser, login, false, false, -1, %s,
      NULL::TIMESTAMP WITH TIME ZONE, NULL::VARCHAR[]
    FROM base.role\
    """
        .formatted(password);
  }
}

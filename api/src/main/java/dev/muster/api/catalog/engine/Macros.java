package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.rewrite.TypeNames;
import dev.muster.api.type.SqlType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Functions of PostgreSQL and of the reference system that the engine lacks, in its own SQL. An
 * error that a macro raises begins with its SQLSTATE and a bar.
 */
final class Macros {
  private Macros() {}

  /** The instant that the catalog tells of: that of the query, or one of the past. */
  static String instant(Optional<Instant> past) {
    return "instant() AS "
        + past.map(at -> "TIMESTAMP WITH TIME ZONE '" + at + "'").orElse("now()");
  }

  /** Those that read no tables. */
  static List<String> plain() {
    return List.of(
        """
        json_typeof(j) AS CASE json_type(j) WHEN 'VARCHAR' THEN 'string'
          WHEN 'BIGINT' THEN 'number' WHEN 'UBIGINT' THEN 'number' WHEN 'DOUBLE' THEN 'number'
          ELSE lower(json_type(j)) END\
        """,
        """
        quote_ident(t) AS CASE WHEN regexp_full_match(t, '[a-z_][a-z0-9_$]*') THEN t
          ELSE '"' || replace(t, '"', '""') || '"' END\
        """,
        "quote_literal(t) AS '''' || replace(t::VARCHAR, '''', '''''') || ''''",
        "quote_nullable(t) AS coalesce('''' || replace(t::VARCHAR, '''', '''''') || '''', 'NULL')",
        """
        privilege(letter) AS CASE letter WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT'
          WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' WHEN 'C' THEN 'CREATE'
          WHEN 'U' THEN 'USAGE' WHEN 'R' THEN 'CREATEROLE' WHEN 'B' THEN 'CREATEDB'
          WHEN 'N' THEN 'CREATECLUSTER' WHEN 'P' THEN 'CREATENETWORKPOLICY' ELSE letter END\
        """,
        """
        mz_aclexplode(items) AS flatten(list_transform(items, lambda item:
          list_transform(string_split(split_part(split_part(item, '=', 2), '/', 1), ''),
            lambda letter: {
              'grantor': split_part(item, '/', 2),
              'grantee': CASE WHEN starts_with(item, '=') THEN 'p'
                ELSE split_part(item, '=', 1) END,
              'privilege_type': fn.privilege(letter),
              'is_grantable': false})))\
        """,
        "array_to_string(a, d) AS list_aggr(list_transform(a, lambda x: x::VARCHAR), 'string_agg',"
            + " d)",
        "pg_expandarray(a) AS list_transform(a, lambda v, i: {'x': v, 'n': i::INTEGER})",
        "array_upper(a, d) AS CASE WHEN d = 1 AND len(a) > 0 THEN len(a)::INTEGER END",
        "array_lower(a, d) AS CASE WHEN d = 1 AND len(a) > 0 THEN 1 END",
        "array_length(a, d) AS CASE WHEN d = 1 AND len(a) > 0 THEN len(a)::INTEGER END",
        """
        pg_encoding_to_char(n) AS CASE n WHEN 6 THEN 'UTF8' WHEN 0 THEN 'SQL_ASCII' ELSE '' END\
        """,
        "null_text(a, b := NULL, c := NULL) AS NULL::VARCHAR",
        "yes(a, b := NULL, c := NULL) AS true",
        "no(a := NULL, b := NULL, c := NULL) AS false",
        "version(own) AS 'PostgreSQL 9.5.0 (Muster ' || coalesce(own, '') || ')'",
        "mz_now() AS epoch_ms(fn.instant())::DECIMAL(38,0)",
        "pg_size_pretty(n) AS format_bytes(n::BIGINT)",
        "initcap(t) AS upper(t[1]) || lower(t[2:])",
        """
        current_schemas(s, implicit) AS CASE WHEN implicit
          THEN ['mz_catalog', 'pg_catalog', s] ELSE [s] END\
        """,
        "bare(t) AS replace(CASE WHEN contains(t, '.') THEN split_part(t, '.', 2) ELSE t END, '\"',"
            + " '')",
        "schema_of(t) AS CASE WHEN contains(t, '.') THEN replace(split_part(t, '.', 1), '\"', '')"
            + " END",
        pgTypeof());
  }

  /** Those that look something up in the base tables. */
  static List<String> lookups() {
    return List.of(
        """
        format_type(o, m) AS (SELECT any_value(display) FROM base.type_ t WHERE t.oid = o)\
        """,
        """
        regclass_id(t) AS CASE WHEN regexp_full_match(t, '[0-9]+') THEN t::BIGINT ELSE coalesce(
          (SELECT min(r.oid) FROM base.relation r WHERE r.name = fn.bare(t)
            AND coalesce(r.schema_name = fn.schema_of(t),
              r.schema_name IN ('mz_catalog', 'pg_catalog'))),
          CAST(error('42P01|relation "' || t || '" does not exist') AS BIGINT)) END\
        """,
        """
        regclass_name(o) AS coalesce(
          (SELECT any_value(CASE WHEN r.schema_name IN ('mz_catalog', 'pg_catalog') THEN r.name
            ELSE r.schema_name || '.' || r.name END)
            FROM base.relation r WHERE r.oid = o::BIGINT), o::VARCHAR)\
        """,
        """
        regtype_id(t) AS CASE WHEN regexp_full_match(t, '[0-9]+') THEN t::BIGINT ELSE coalesce(
          (SELECT min(y.oid) FROM base.type_ y
            WHERE y.name = fn.bare(lower(t)) OR y.display = lower(t)),
          CAST(error('42704|type "' || t || '" does not exist') AS BIGINT)) END\
        """,
        """
        regtype_name(o) AS coalesce(
          (SELECT any_value(y.display) FROM base.type_ y WHERE y.oid = o::BIGINT), o::VARCHAR)\
        """,
        """
        regnamespace_id(t) AS CASE WHEN regexp_full_match(t, '[0-9]+') THEN t::BIGINT ELSE coalesce(
          (SELECT min(s.oid) FROM base.schema_ s WHERE s.name = replace(t, '"', '')),
          CAST(error('3F000|schema "' || t || '" does not exist') AS BIGINT)) END\
        """,
        """
        regnamespace_name(o) AS coalesce(
          (SELECT any_value(s.name) FROM base.schema_ s WHERE s.oid = o::BIGINT), o::VARCHAR)\
        """,
        """
        regrole_id(t) AS coalesce(
          (SELECT min(r.oid) FROM base.role r WHERE r.name = replace(t, '"', '')),
          CAST(error('42704|role "' || t || '" does not exist') AS BIGINT))\
        """,
        """
        regrole_name(o) AS coalesce(
          (SELECT any_value(r.name) FROM base.role r WHERE r.oid = o::BIGINT), o::VARCHAR)\
        """,
        """
        pg_get_userbyid(o) AS coalesce(
          (SELECT any_value(r.name) FROM base.role r WHERE r.oid = o::BIGINT),
          'unknown (OID=' || o::VARCHAR || ')')\
        """,
        """
        pg_table_is_visible(o) AS coalesce(
          (SELECT bool_or(r.schema_name IN ('mz_catalog', 'pg_catalog'))
            FROM base.relation r WHERE r.oid = o::BIGINT), false)\
        """,
        """
        is_superuser(n) AS coalesce(
          (SELECT bool_or(r.superuser) FROM base.role r WHERE r.name = n), false)\
        """);
  }

  /** From the engine's name of a type to SQL's. */
  private static String pgTypeof() {
    List<String> cases = new ArrayList<>();
    for (SqlType type :
        List.of(
            SqlType.BOOL,
            SqlType.INT2,
            SqlType.INT4,
            SqlType.INT8,
            SqlType.FLOAT4,
            SqlType.FLOAT8,
            SqlType.TEXT,
            SqlType.JSONB,
            SqlType.DATE,
            SqlType.TIME,
            SqlType.TIMESTAMP,
            SqlType.TIMESTAMPTZ,
            SqlType.INTERVAL,
            SqlType.UUID,
            SqlType.TEXT_ARRAY,
            SqlType.INT4_ARRAY,
            SqlType.INT8_ARRAY)) {
      cases.add("WHEN '" + TypeNames.toEngine(type) + "' THEN '" + type.sqlName() + "'");
    }
    return "pg_typeof(x) AS CASE typeof(x) "
        + String.join(" ", cases)
        + " WHEN '\"NULL\"' THEN 'unknown' WHEN 'BLOB' THEN 'bytea' ELSE 'numeric' END";
  }
}

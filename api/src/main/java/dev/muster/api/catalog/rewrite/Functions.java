package dev.muster.api.catalog.rewrite;

import dev.muster.api.type.SqlType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The functions that a query may call, by PostgreSQL's names. What is not listed does not exist:
 * the engine has others, and some of them read files, settings or the state of the engine itself.
 */
final class Functions {
  /**
   * What becomes of a call.
   *
   * @param schema {@code fn} for our macros, empty for the engine's own functions
   * @param type of the result, where it is always the same and the engine's own is too coarse
   */
  record Rule(String schema, String name, Optional<SqlType> type) {
    /** Whether the macro reads the roles. */
    boolean readsRoles() {
      return READS_ROLES.contains(name);
    }
  }

  /** Macros that look something up among the roles. */
  private static final Set<String> READS_ROLES =
      Set.of("pg_get_userbyid", "regrole_id", "regrole_name", "is_superuser");

  /** Functions that the engine has under the same name and with the same meaning. */
  private static final Set<String> AS_THEY_ARE =
      Set.of(
          // Operators.
          "+",
          "-",
          "*",
          "/",
          "%",
          "^",
          "||",
          "~~",
          "!~~",
          "~~*",
          "!~~*",
          "->",
          "->>",
          "@",
          "&",
          "|",
          "<<",
          ">>",
          "@>",
          "<@",
          "&&",
          "**",
          "//",
          "not_like_escape",
          "like_escape",
          "ilike_escape",
          "not_ilike_escape",
          "~~~",
          "^@",
          // Text.
          "lower",
          "upper",
          "length",
          "char_length",
          "character_length",
          "octet_length",
          "bit_length",
          "substring",
          "substr",
          "trim",
          "ltrim",
          "rtrim",
          "left",
          "right",
          "replace",
          "reverse",
          "split_part",
          "strpos",
          "position",
          "starts_with",
          "concat",
          "concat_ws",
          "chr",
          "ascii",
          "md5",
          "translate",
          "regexp_matches",
          "regexp_replace",
          "overlay",
          "string_to_array",
          "instr",
          "encode",
          "decode",
          "to_hex",
          "sha256",
          // Numbers.
          "abs",
          "ceil",
          "ceiling",
          "floor",
          "round",
          "trunc",
          "sign",
          "sqrt",
          "cbrt",
          "power",
          "pow",
          "exp",
          "ln",
          "log",
          "mod",
          "div",
          "greatest",
          "least",
          "pi",
          "random",
          "sin",
          "cos",
          "tan",
          "gcd",
          "lcm",
          // Dates.
          "now",
          "date_part",
          "date_trunc",
          "age",
          "make_date",
          "make_timestamp",
          "to_timestamp",
          "epoch",
          "current_date",
          "get_current_timestamp",
          "transaction_timestamp",
          "timezone",
          "current_localtime",
          "current_localtimestamp",
          "get_current_time",
          "to_seconds",
          "to_days",
          "to_hours",
          "to_minutes",
          "to_months",
          "to_years",
          "to_milliseconds",
          "to_microseconds",
          "to_weeks",
          "isfinite",
          // Arrays.
          "list_value",
          "unnest",
          "array_length",
          "array_position",
          "cardinality",
          "array_cat",
          "array_append",
          "array_prepend",
          "generate_subscripts",
          "array_extract",
          "array_slice",
          "array_agg",
          "list_contains",
          "row",
          "struct_pack",
          "struct_extract",
          "flatten",
          "list",
          "list_extract",
          // JSON.
          "to_json",
          "row_to_json",
          "json_object",
          "json_array",
          "json_array_length",
          "json_extract",
          "json_extract_string",
          "json_extract_path",
          "json_extract_path_text",
          "json_keys",
          "json_type",
          "json_valid",
          "array_to_json",
          // Aggregates and windows.
          "count",
          "count_star",
          "sum",
          "min",
          "max",
          "avg",
          "bool_and",
          "bool_or",
          "string_agg",
          "bit_and",
          "bit_or",
          "stddev",
          "stddev_pop",
          "stddev_samp",
          "variance",
          "var_pop",
          "var_samp",
          "corr",
          "covar_pop",
          "covar_samp",
          "mode",
          "quantile_cont",
          "quantile_disc",
          "any_value",
          "first",
          "last",
          "row_number",
          "rank",
          "dense_rank",
          "percent_rank",
          "cume_dist",
          "ntile",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "nth_value",
          "json_group_array",
          "json_group_object",
          // Conditions.
          "nullif",
          "ifnull");

  /** Functions of FROM. */
  private static final Set<String> TABLES =
      Set.of("unnest", "generate_series", "json_each", "generate_subscripts");

  private static final Map<String, Rule> RULES = new HashMap<>();

  static {
    AS_THEY_ARE.forEach(name -> rule(name, "", name, null));
    // The engine's operator must match the whole text, PostgreSQL's any part of it.
    rule("~", "", "regexp_matches", SqlType.BOOL);
    macro("json_typeof", SqlType.TEXT, "jsonb_typeof", "json_typeof");
    macro("quote_ident", SqlType.TEXT, "quote_ident");
    macro("quote_literal", SqlType.TEXT, "quote_literal");
    macro("quote_nullable", SqlType.TEXT, "quote_nullable");
    macro("mz_aclexplode", null, "mz_aclexplode");
    macro("array_to_string", SqlType.TEXT, "array_to_string");
    macro("array_upper", SqlType.INT4, "array_upper");
    macro("array_lower", SqlType.INT4, "array_lower");
    macro("array_length", SqlType.INT4, "array_length");
    macro("pg_encoding_to_char", SqlType.NAME, "pg_encoding_to_char");
    macro("mz_now", SqlType.NUMERIC, "mz_now");
    macro("pg_size_pretty", SqlType.TEXT, "pg_size_pretty");
    macro("initcap", SqlType.TEXT, "initcap");
    macro("pg_typeof", SqlType.REGTYPE, "pg_typeof");
    macro("format_type", SqlType.TEXT, "format_type");
    macro("pg_get_userbyid", SqlType.NAME, "pg_get_userbyid");
    macro("regclass_id", SqlType.OID, "to_regclass");
    macro("regtype_id", SqlType.OID, "to_regtype");
    macro("pg_table_is_visible", SqlType.BOOL, "pg_table_is_visible");
    macro(
        "yes",
        SqlType.BOOL,
        "pg_type_is_visible",
        "pg_function_is_visible",
        "pg_operator_is_visible",
        "pg_collation_is_visible",
        "has_table_privilege",
        "has_schema_privilege",
        "has_database_privilege",
        "has_any_column_privilege",
        "has_column_privilege",
        "has_function_privilege",
        "has_type_privilege",
        "has_sequence_privilege",
        "has_tablespace_privilege",
        "has_cluster_privilege",
        "has_system_privilege",
        "has_connection_privilege",
        "has_secret_privilege",
        "has_role",
        "pg_has_role");
    macro("no", SqlType.BOOL, "pg_is_in_recovery", "pg_relation_is_publishable");
    macro(
        "null_text",
        SqlType.TEXT,
        "obj_description",
        "shobj_description",
        "col_description",
        "pg_get_expr",
        "pg_get_constraintdef",
        "pg_get_indexdef",
        "pg_get_viewdef",
        "pg_get_triggerdef",
        "pg_get_ruledef",
        "pg_get_functiondef",
        "pg_get_partkeydef",
        "pg_get_statisticsobjdef_columns",
        "pg_get_function_result",
        "pg_get_function_arguments",
        "pg_get_function_identity_arguments",
        "pg_tablespace_location");
    rule("gen_random_uuid", "", "gen_random_uuid", SqlType.UUID);
    rule("every", "", "bool_and", SqlType.BOOL);
    rule("clock_timestamp", "", "get_current_timestamp", SqlType.TIMESTAMPTZ);
    rule("statement_timestamp", "", "now", SqlType.TIMESTAMPTZ);
    rule("btrim", "", "trim", SqlType.TEXT);
    rule("jsonb_array_length", "", "json_array_length", SqlType.INT4);
    rule("to_jsonb", "", "to_json", SqlType.JSONB);
    rule("jsonb_build_object", "", "json_object", SqlType.JSONB);
    rule("json_build_object", "", "json_object", SqlType.JSON);
    rule("jsonb_build_array", "", "json_array", SqlType.JSONB);
    rule("json_agg", "", "json_group_array", SqlType.JSON);
    rule("jsonb_agg", "", "json_group_array", SqlType.JSONB);
    rule("jsonb_object_agg", "", "json_group_object", SqlType.JSONB);
  }

  private Functions() {}

  private static void rule(String name, String schema, String engineName, SqlType type) {
    RULES.put(name, new Rule(schema, engineName, Optional.ofNullable(type)));
  }

  private static void macro(String macro, SqlType type, String... names) {
    for (String name : names) {
      rule(name, "fn", macro, type);
    }
  }

  /** A function of expressions. */
  static Optional<Rule> find(String name) {
    return Optional.ofNullable(RULES.get(name));
  }

  static boolean isTable(String name) {
    return TABLES.contains(name);
  }
}

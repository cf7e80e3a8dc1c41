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
  record Rule(String schema, String name, Optional<SqlType> type) {}

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
    rule("gen_random_uuid", "", "gen_random_uuid", SqlType.UUID);
    rule("every", "", "bool_and", SqlType.BOOL);
    rule("clock_timestamp", "", "get_current_timestamp", SqlType.TIMESTAMPTZ);
    rule("statement_timestamp", "", "now", SqlType.TIMESTAMPTZ);
    rule("btrim", "", "trim", SqlType.TEXT);
    rule("jsonb_array_length", "", "json_array_length", SqlType.INT4);
    rule("jsonb_typeof", "fn", "json_typeof", SqlType.TEXT);
    rule("json_typeof", "fn", "json_typeof", SqlType.TEXT);
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

  /** A function of expressions. */
  static Optional<Rule> find(String name) {
    return Optional.ofNullable(RULES.get(name));
  }

  static boolean isTable(String name) {
    return TABLES.contains(name);
  }
}

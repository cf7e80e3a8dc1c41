package dev.muster.api.catalog.rewrite;

import com.fasterxml.jackson.databind.JsonNode;

/** The names that PostgreSQL gives to result columns without an alias. */
final class ColumnNames {
  /** Of an expression that has no name of its own. */
  static final String NONE = "?column?";

  private ColumnNames() {}

  static String of(JsonNode expression) {
    String alias = expression.path("alias").asText();
    if (!alias.isEmpty()) {
      return alias;
    }
    return switch (expression.path("class").asText()) {
      case "COLUMN_REF" -> {
        JsonNode names = expression.path("column_names");
        yield names.path(names.size() - 1).asText();
      }
      case "FUNCTION", "WINDOW" -> function(expression);
      case "CAST" -> cast(expression);
      case "CASE" -> "case";
      case "COLLATE" -> of(expression.path("child"));
      case "SUBQUERY" -> subquery(expression);
      case "OPERATOR" -> operator(expression);
      default -> NONE;
    };
  }

  private static String function(JsonNode expression) {
    if (expression.path("is_operator").asBoolean()) {
      return NONE;
    }
    return switch (expression.path("function_name").asText()) {
      case "count_star" -> "count";
      case "list_value" -> "array";
      case "date_part" -> "extract";
      case "regexp_matches", "->>", "->", "array_extract", "struct_extract" -> NONE;
      default -> expression.path("function_name").asText();
    };
  }

  private static String cast(JsonNode expression) {
    String child = of(expression.path("child"));
    if (!child.equals(NONE)) {
      return child;
    }
    return TypeNames.display(expression.path("type_expr"));
  }

  private static String subquery(JsonNode expression) {
    return switch (expression.path("subquery_type").asText()) {
      case "EXISTS", "NOT_EXISTS" -> "exists";
      case "SCALAR" -> {
        JsonNode list = expression.path("subquery").path("node").path("select_list");
        yield list.size() == 1 ? of(list.path(0)) : NONE;
      }
      default -> NONE;
    };
  }

  private static String operator(JsonNode expression) {
    return switch (expression.path("type").asText()) {
      case "OPERATOR_COALESCE" -> "coalesce";
      case "OPERATOR_NULLIF" -> "nullif";
      case "STRUCT_EXTRACT" ->
          expression.path("children").path(1).path("literal").path("text").asText(NONE);
      case "ARRAY_EXTRACT" -> of(expression.path("children").path(0));
      default -> NONE;
    };
  }
}

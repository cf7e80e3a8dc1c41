package dev.muster.api.catalog.rewrite;

import dev.muster.api.type.SqlType;
import java.util.List;
import java.util.Optional;

/** The types of results that follow from those of the arguments. */
final class FunctionTypes {
  private FunctionTypes() {}

  static Optional<SqlType> of(String function, List<Optional<SqlType>> arguments) {
    Optional<SqlType> first = arguments.isEmpty() ? Optional.empty() : arguments.getFirst();
    return switch (function) {
      case "min", "max", "any_value", "first", "last", "lag", "lead", "nullif", "mode" ->
          stable(first);
      case "unnest", "array_extract" -> first.flatMap(SqlType::element);
      case "array_agg", "list_value" -> first.map(TypeNames::arrayOf);
      default -> Optional.empty();
    };
  }

  static Optional<SqlType> ofOperator(String operator, List<Optional<SqlType>> children) {
    Optional<SqlType> first = children.stream().flatMap(Optional::stream).findFirst();
    return switch (operator) {
      case "OPERATOR_COALESCE", "OPERATOR_NULLIF" -> stable(first);
      case "ARRAY_CONSTRUCTOR" -> first.map(TypeNames::arrayOf);
      case "ARRAY_EXTRACT" -> children.getFirst().flatMap(SqlType::element);
      default -> Optional.empty();
    };
  }

  /**
   * The types whose values stay what they are when branches are mixed: numbers may be widened by
   * the engine, and so are left to it.
   */
  static Optional<SqlType> stable(Optional<SqlType> type) {
    return type.filter(
        known ->
            switch (known) {
              case INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC -> false;
              default -> true;
            });
  }
}

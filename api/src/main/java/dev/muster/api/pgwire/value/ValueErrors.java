package dev.muster.api.pgwire.value;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.type.SqlType;

/** The errors of this package, in PostgreSQL's words. */
final class ValueErrors {
  private ValueErrors() {}

  static SqlException invalidText(SqlType type, String text) {
    String state =
        switch (type) {
          case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> "22007";
          default -> "22P02";
        };
    return error(state, "invalid input syntax for type %s: \"%s\"".formatted(sqlName(type), text));
  }

  static SqlException outOfRange(SqlType type, String text) {
    return error(
        "22003", "value \"%s\" is out of range for type %s".formatted(text, sqlName(type)));
  }

  static SqlException fieldOutOfRange(String text) {
    return error("22008", "date/time field value out of range: \"%s\"".formatted(text));
  }

  static SqlException malformedArray(String text) {
    return error("22P02", "malformed array literal: \"%s\"".formatted(text));
  }

  static SqlException invalidBinary(SqlType type) {
    return error("22P03", "incorrect binary data format for type " + sqlName(type));
  }

  static SqlException noBinaryInput(SqlType type) {
    return error("42883", "no binary input function available for type " + sqlName(type));
  }

  static SqlException noBinaryOutput(SqlType type) {
    return error("42883", "no binary output function available for type " + sqlName(type));
  }

  /** The name that SQL gives the type, as {@code format_type} does. */
  static String sqlName(SqlType type) {
    if (type.element().isPresent()) {
      return sqlName(type.element().get()) + "[]";
    }
    return switch (type) {
      case BOOL -> "boolean";
      case INT2 -> "smallint";
      case INT4 -> "integer";
      case INT8 -> "bigint";
      case FLOAT4 -> "real";
      case FLOAT8 -> "double precision";
      case VARCHAR -> "character varying";
      case BPCHAR -> "character";
      case TIME -> "time without time zone";
      case TIMESTAMP -> "timestamp without time zone";
      case TIMESTAMPTZ -> "timestamp with time zone";
      default -> type.pgName();
    };
  }

  private static SqlException error(String sqlState, String message) {
    return new SqlException(SqlMessage.error(sqlState, message));
  }
}

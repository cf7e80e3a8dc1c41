package dev.muster.api.pgwire.value;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.type.SqlType;
import java.util.EnumSet;
import java.util.Set;

/** The errors of this package, in PostgreSQL's words. */
final class ValueErrors {
  private static final Set<SqlType> OF_TIME =
      EnumSet.of(
          SqlType.DATE, SqlType.TIME, SqlType.TIMESTAMP, SqlType.TIMESTAMPTZ, SqlType.INTERVAL);

  private ValueErrors() {}

  static SqlException invalidText(SqlType type, String text) {
    String state = OF_TIME.contains(type) ? "22007" : "22P02";
    return error(state, "invalid input syntax for type %s: \"%s\"".formatted(type.sqlName(), text));
  }

  static SqlException outOfRange(SqlType type, String text) {
    return error(
        "22003", "value \"%s\" is out of range for type %s".formatted(text, type.sqlName()));
  }

  static SqlException fieldOutOfRange(String text) {
    return error("22008", "date/time field value out of range: \"%s\"".formatted(text));
  }

  static SqlException malformedArray(String text) {
    return error("22P02", "malformed array literal: \"%s\"".formatted(text));
  }

  static SqlException invalidBinary(SqlType type) {
    return error("22P03", "incorrect binary data format for type " + type.sqlName());
  }

  static SqlException noBinaryInput(SqlType type) {
    return error("42883", "no binary input function available for type " + type.sqlName());
  }

  static SqlException noBinaryOutput(SqlType type) {
    return error("42883", "no binary output function available for type " + type.sqlName());
  }

  private static SqlException error(String sqlState, String message) {
    return new SqlException(SqlMessage.error(sqlState, message));
  }
}

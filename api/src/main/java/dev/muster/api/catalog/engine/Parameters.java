package dev.muster.api.catalog.engine;

import dev.muster.api.type.SqlInterval;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Gives statements their values. */
final class Parameters {
  private Parameters() {}

  /**
   * @param index counted from 1
   * @param value as {@link dev.muster.api.type.SqlType#javaType} says, null for NULL
   */
  static void bind(
      EngineConnection connection, PreparedStatement statement, int index, Object value)
      throws SQLException {
    Object given =
        switch (value) {
          case null -> null;
          case Instant instant -> instant.atOffset(ZoneOffset.UTC);
          case SqlInterval interval ->
              interval.months()
                  + " months "
                  + interval.days()
                  + " days "
                  + interval.microseconds()
                  + " microseconds";
          case List<?> list ->
              connection.connection().createArrayOf(elementType(list), list.toArray());
          default -> value;
        };
    statement.setObject(index, given);
  }

  private static String elementType(List<?> list) {
    for (Object item : list) {
      if (item != null) {
        return switch (item) {
          case Boolean ignored -> "BOOLEAN";
          case Short ignored -> "SMALLINT";
          case Integer ignored -> "INTEGER";
          case Long ignored -> "BIGINT";
          case Double ignored -> "DOUBLE";
          case BigDecimal ignored -> "DECIMAL(38,9)";
          case UUID ignored -> "UUID";
          default -> "VARCHAR";
        };
      }
    }
    return "VARCHAR";
  }
}

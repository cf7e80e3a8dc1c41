package dev.muster.api.catalog.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Appends rows to base tables. */
final class Rows {
  /** The scale of every decimal column of the base tables. */
  private static final int SCALE = 6;

  private Rows() {}

  static void append(DuckDBConnection connection, String table, List<List<Object>> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (DuckDBAppender appender = connection.createAppender("base", table)) {
      for (List<Object> row : rows) {
        appender.beginRow();
        for (Object value : row) {
          append(appender, value);
        }
        appender.endRow();
      }
    }
  }

  private static void append(DuckDBAppender appender, Object value) throws SQLException {
    switch (value) {
      case null -> appender.appendNull();
      case String text -> appender.append(text);
      case Long number -> appender.append(number.longValue());
      case Short number -> appender.append(number.shortValue());
      case Boolean flag -> appender.append(flag.booleanValue());
      case BigDecimal number -> appender.append(number.setScale(SCALE, RoundingMode.HALF_UP));
      case Instant instant -> appender.append(instant.atOffset(ZoneOffset.UTC));
      case Collection<?> list -> appender.append(list);
      default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }
}

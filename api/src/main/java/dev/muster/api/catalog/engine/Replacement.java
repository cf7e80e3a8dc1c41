package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.relation.BaseTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** A transaction that replaces rows of base tables. Undone unless committed. */
final class Replacement implements AutoCloseable {
  /** Of more keys than this, all rows are looked at once rather than once a key. */
  private static final int FEW = 16;

  private final DuckDBConnection connection;
  private boolean committed;

  Replacement(DuckDBConnection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
  }

  /** Deletes the rows of the keys, and inserts others. */
  void replace(BaseTable table, List<String> keys, List<List<Object>> rows) throws SQLException {
    String delete = "DELETE FROM base." + table.tableName() + " WHERE " + table.key();
    if (keys.size() <= FEW) {
      try (PreparedStatement statement = connection.prepareStatement(delete + " = ?")) {
        for (String key : keys) {
          statement.setString(1, key);
          statement.executeUpdate();
        }
      }
    } else {
      try (PreparedStatement statement =
          connection.prepareStatement(delete + " IN (SELECT unnest(?::VARCHAR[]))")) {
        statement.setArray(1, connection.createArrayOf("VARCHAR", keys.toArray()));
        statement.executeUpdate();
      }
    }
    insert(table, rows);
  }

  void replaceAll(BaseTable table, List<List<Object>> rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM base." + table.tableName());
    }
    insert(table, rows);
  }

  void insert(BaseTable table, List<List<Object>> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (DuckDBAppender appender = connection.createAppender("base", table.tableName())) {
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
      case Integer number -> appender.append(number.intValue());
      case Boolean flag -> appender.append(flag.booleanValue());
      case BigDecimal number -> appender.append(number.setScale(6, RoundingMode.HALF_UP));
      case Instant instant -> appender.append(instant.atOffset(ZoneOffset.UTC));
      case Collection<?> list -> appender.append(list);
      default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }

  void commit() throws SQLException {
    connection.commit();
    committed = true;
  }

  @Override
  public void close() throws SQLException {
    if (!committed) {
      connection.rollback();
    }
    connection.setAutoCommit(true);
  }
}

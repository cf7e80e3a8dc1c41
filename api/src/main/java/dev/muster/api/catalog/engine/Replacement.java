package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.relation.BaseTable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** A transaction that replaces rows of base tables. Undone unless committed. */
final class Replacement implements AutoCloseable {
  /** Of more keys than this, all rows are looked at once rather than once a key. */
  private static final int FEW_KEYS = 2;

  /** More rows than this are appended in bulk, which is faster for many and slower for few. */
  private static final int FEW_ROWS = 100;

  private final EngineConnection connection;
  private boolean committed;

  Replacement(EngineConnection connection) throws SQLException {
    this.connection = connection;
    connection.connection().setAutoCommit(false);
  }

  /** Deletes the rows of the keys, and inserts others. */
  void replace(BaseTable table, List<String> keys, List<List<Object>> rows) throws SQLException {
    String delete = "DELETE FROM base." + table.tableName() + " WHERE " + table.key();
    if (keys.size() <= FEW_KEYS) {
      PreparedStatement statement = connection.prepare(delete + " = ?");
      for (String key : keys) {
        statement.setString(1, key);
        statement.executeUpdate();
      }
    } else {
      PreparedStatement statement =
          connection.prepare(delete + " IN (SELECT unnest(?::VARCHAR[]))");
      statement.setArray(1, connection.connection().createArrayOf("VARCHAR", keys.toArray()));
      statement.executeUpdate();
    }
    insert(table, rows);
  }

  /** Replaces rows by their keys. */
  void replace(BaseTable table, Map<String, List<Object>> rows) throws SQLException {
    replace(table, List.copyOf(rows.keySet()), List.copyOf(rows.values()));
  }

  void replaceAll(BaseTable table, List<List<Object>> rows) throws SQLException {
    try (Statement statement = connection.connection().createStatement()) {
      statement.execute("DELETE FROM base." + table.tableName());
    }
    insert(table, rows);
  }

  void insert(BaseTable table, List<List<Object>> rows) throws SQLException {
    if (rows.size() > FEW_ROWS) {
      Rows.append(connection.connection(), table.tableName(), rows);
    } else {
      JsonRows.insert(connection, table, rows);
    }
  }

  void commit() throws SQLException {
    connection.connection().commit();
    committed = true;
  }

  @Override
  public void close() throws SQLException {
    if (!committed) {
      connection.connection().rollback();
    }
    connection.connection().setAutoCommit(true);
  }
}

package dev.muster.replicad;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** The in-memory database. Hydrated by one thread; queried by many afterwards. */
final class Engine implements AutoCloseable {
  /** What the JVM takes beside the database. */
  private static final long JVM_BYTES = 96L << 20;

  private static final long LEAST_BYTES = 32L << 20;
  private static final int ROWS_AT_MOST = 10_000;

  private static final Pattern READING =
      Pattern.compile(
          "(\\s|\\(|--[^\\n]*\\n|/\\*.*?\\*/)*"
              + "(SELECT|WITH|VALUES|FROM|TABLE|SHOW|DESCRIBE|EXPLAIN|SUMMARIZE|PIVOT|UNPIVOT)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final DuckDBConnection connection;

  private Engine(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** The rows of one answer; {@code cut} when there were more than are given. */
  record Rows(List<String> columns, List<List<Object>> rows, boolean cut) {}

  static Engine open(ReplicadSettings settings) throws SQLException {
    Connection opened = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
    Engine engine = new Engine(opened.unwrap(DuckDBConnection.class));
    long bytes = Math.max(settings.memoryBytes() - JVM_BYTES, LEAST_BYTES);
    engine.execute("SET memory_limit = '" + (bytes >> 10) + "KiB'");
    engine.execute("SET threads = " + settings.threads());
    // Memory is the limit that was paid for; a replica that outgrows it shall say so.
    engine.execute("SET temp_directory = ''");
    return engine;
  }

  void hydrate(HydrationScript script, Progress progress) throws SQLException {
    if (script.directory().isPresent()) {
      String directory = script.directory().get().toString().replace("'", "''");
      execute("SET file_search_path = '" + directory + "'");
    }
    int total = script.statements().size();
    progress.advanced(0, total, 0);
    for (int done = 0; done < total; done++) {
      String statement = script.statements().get(done);
      try {
        execute(statement);
      } catch (SQLException e) {
        throw new SQLException(
            "statement %d of %d: %s".formatted(done + 1, total, e.getMessage()), e);
      }
      progress.advanced(done + 1L, total, bytes());
    }
    // From here on it answers strangers' queries: no files, no network, no way back.
    execute("SET enable_external_access = false");
    execute("SET lock_configuration = true");
  }

  /**
   * Runs one query that changes nothing: one statement, of a kind that reads, in a read-only
   * transaction of its own that ends with the connection.
   */
  Rows query(String sql) throws SQLException {
    List<String> statements = HydrationScript.split(sql);
    if (statements.size() != 1) {
      throw new SQLException("exactly one statement is expected, not " + statements.size());
    }
    if (!READING.matcher(statements.getFirst()).lookingAt()) {
      throw new SQLException("only queries are answered here");
    }
    try (Connection own = connection.duplicate();
        Statement begin = own.createStatement();
        Statement query = own.createStatement()) {
      begin.execute("BEGIN TRANSACTION READ ONLY");
      return rows(query, statements.getFirst());
    }
  }

  private static Rows rows(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      ResultSetMetaData metaData = result.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int column = 1; column <= metaData.getColumnCount(); column++) {
        columns.add(metaData.getColumnLabel(column));
      }
      List<List<Object>> rows = new ArrayList<>();
      boolean more = result.next();
      while (more && rows.size() < ROWS_AT_MOST) {
        List<Object> row = new ArrayList<>();
        for (int column = 1; column <= columns.size(); column++) {
          row.add(result.getObject(column));
        }
        rows.add(row);
        more = result.next();
      }
      return new Rows(columns, rows, more);
    }
  }

  static boolean isOutOfMemory(SQLException e) {
    return String.valueOf(e.getMessage()).contains("Out of Memory Error");
  }

  private long bytes() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT coalesce(sum(memory_usage_bytes), 0)::BIGINT FROM duckdb_memory()")) {
      result.next();
      return result.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

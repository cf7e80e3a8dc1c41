package dev.muster.api.catalog.engine;

import dev.muster.api.type.SessionZone;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/** A connection with the statements that were prepared on it. For one thread, but for cancel. */
final class EngineConnection implements AutoCloseable {
  private static final int STATEMENTS = 64;

  private final DuckDBConnection connection;
  private final LinkedHashMap<Key, PreparedStatement> statements =
      new LinkedHashMap<>(16, 0.75f, true);
  private String zone = SessionZone.UTC.engineName();
  private volatile Statement running;

  /** What a text means, once planned, depends on the zone in which its times are read. */
  private record Key(String zone, String sql) {}

  EngineConnection(DuckDBConnection connection) {
    this.connection = connection;
  }

  DuckDBConnection connection() {
    return connection;
  }

  /** From now on times are of this zone, where they name none. */
  void zone(SessionZone wanted) throws SQLException {
    String name = wanted.engineName();
    if (!name.equals(zone)) {
      execute("SET SESSION TimeZone = '" + name.replace("'", "''") + "'");
      zone = name;
    }
  }

  /** A statement for a text, made now or kept from before. */
  PreparedStatement prepare(String sql) throws SQLException {
    Key key = new Key(zone, sql);
    PreparedStatement known = statements.get(key);
    if (known != null) {
      return known;
    }
    PreparedStatement made = connection.prepareStatement(sql);
    statements.put(key, made);
    if (statements.size() > STATEMENTS) {
      Map.Entry<Key, PreparedStatement> eldest = statements.entrySet().iterator().next();
      statements.remove(eldest.getKey());
      eldest.getValue().close();
    }
    return made;
  }

  /** Forgets a statement that has failed. */
  void forget(String sql) throws SQLException {
    PreparedStatement known = statements.remove(new Key(zone, sql));
    if (known != null) {
      known.close();
    }
  }

  /** Carries out a definition. */
  void execute(String definition) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(definition);
    }
  }

  /** The one text that a query over one text gives. */
  String text(String sql, String argument) throws SQLException {
    PreparedStatement statement = prepare(sql);
    statement.setString(1, argument);
    try (ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getString(1);
    }
  }

  void running(Statement statement) {
    running = statement;
  }

  /** Stops what runs. From any thread. */
  void cancel() {
    Statement statement = running;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        // It has ended meanwhile: there is nothing to stop.
      }
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    connection.close();
  }
}

package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.rewrite.SqlErrors;
import dev.muster.api.session.Column;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One run of a query. It may be canceled from any thread, before it has begun too. */
final class QueryRun {
  private final PreparedQuery query;
  private final List<Object> values;
  private final long resultBytes;
  private final Runnable whenCanceled;
  private final Object lock = new Object();
  private PreparedStatement running;
  private boolean canceled;

  /**
   * @param whenCanceled told of a cancel before it runs
   */
  QueryRun(PreparedQuery query, List<Object> values, long resultBytes, Runnable whenCanceled) {
    this.whenCanceled = whenCanceled;
    this.query = query;
    this.values = values;
    this.resultBytes = resultBytes;
  }

  void cancel() {
    synchronized (lock) {
      canceled = true;
      if (running != null) {
        try {
          running.cancel();
        } catch (SQLException e) {
          // It has ended meanwhile: there is nothing to stop.
        }
        return;
      }
    }
    whenCanceled.run();
  }

  boolean isCanceled() {
    synchronized (lock) {
      return canceled;
    }
  }

  List<List<Object>> on(EngineConnection connection) throws SQLException {
    PreparedStatement statement = connection.prepare(query.engineSql());
    begin(statement);
    connection.running(statement);
    try {
      for (int i = 0; i < values.size(); i++) {
        Parameters.bind(connection, statement, i + 1, values.get(i));
      }
      try (ResultSet result = statement.executeQuery()) {
        return read(result);
      }
    } catch (SQLException e) {
      connection.forget(query.engineSql());
      throw e;
    } finally {
      connection.running(null);
      end();
    }
  }

  private void begin(PreparedStatement statement) {
    synchronized (lock) {
      if (canceled) {
        throw SqlErrors.canceled();
      }
      running = statement;
    }
  }

  private void end() {
    synchronized (lock) {
      running = null;
    }
  }

  private List<List<Object>> read(ResultSet result) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    List<Column> columns = query.columns();
    long bytes = 0;
    while (result.next()) {
      List<Object> row = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        Object value = Values.toJava(result.getObject(i + 1), columns.get(i).type());
        bytes += 32 + (value instanceof String text ? text.length() : 0);
        row.add(value);
      }
      rows.add(row);
      if (bytes > resultBytes) {
        throw SqlErrors.error("53200", "the result is larger than the catalog may return");
      }
    }
    return rows;
  }
}

package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.rewrite.SqlErrors;
import dev.muster.api.session.Column;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** One run of a query. It may be canceled from any thread, before it has begun too. */
final class QueryRun {
  private final PreparedQuery query;
  private final List<Object> values;
  private final ResultMemory memory;
  private final Runnable whenCanceled;
  private final Object lock = new Object();
  private PreparedStatement running;
  private boolean canceled;

  /**
   * @param whenCanceled told of a cancel before it runs
   */
  QueryRun(PreparedQuery query, List<Object> values, ResultMemory memory, Runnable whenCanceled) {
    this.whenCanceled = whenCanceled;
    this.query = query;
    this.values = values;
    this.memory = memory;
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

  /**
   * Runs it to its end.
   *
   * @return all rows; the memory that they take is released with the last of them
   */
  HeldRows on(EngineConnection connection) throws SQLException {
    PreparedStatement statement = connection.prepare(query.boundedSql());
    ResultMemory.Share share = memory.share();
    begin(statement);
    connection.running(statement);
    try {
      for (int i = 0; i < values.size(); i++) {
        Parameters.bind(connection, statement, i + 1, values.get(i));
      }
      try (ResultSet result = statement.executeQuery()) {
        return new HeldRows(read(result, share), share);
      }
    } catch (SQLException | RuntimeException e) {
      share.release();
      connection.forget(query.boundedSql());
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

  private ArrayDeque<List<Object>> read(ResultSet result, ResultMemory.Share share)
      throws SQLException {
    ArrayDeque<List<Object>> rows = new ArrayDeque<>();
    List<Column> columns = query.columns();
    while (result.next()) {
      List<Object> row = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        row.add(Values.toJava(result.getObject(i + 1), columns.get(i).type()));
      }
      share.add(row);
      rows.add(row);
    }
    return rows;
  }
}

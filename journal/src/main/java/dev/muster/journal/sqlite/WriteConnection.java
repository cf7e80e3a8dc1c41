package dev.muster.journal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/**
 * The one connection that writes. Each method is one transaction, synced to the disk when it
 * returns, and without any effect when it throws, unless the disk itself is in doubt: then only
 * reading tells. Safe for use by several threads, one at a time.
 */
final class WriteConnection implements AutoCloseable {
  private final ConnectionFactory factory;
  private final OpenedFile file;
  private Open open;

  WriteConnection(ConnectionFactory factory) {
    this.factory = factory;
    this.file = OpenedFile.at(factory.file());
  }

  /** A connection and what is prepared on it. */
  private record Open(
      Connection connection,
      PreparedStatement begin,
      PreparedStatement commit,
      PreparedStatement insertEvent) {

    static Open on(Connection connection) throws SQLException {
      return new Open(
          connection,
          connection.prepareStatement("BEGIN IMMEDIATE"),
          connection.prepareStatement("COMMIT"),
          connection.prepareStatement(EventRow.INSERT));
    }

    void insert(EventRow row) throws SQLException {
      row.bind(insertEvent);
      insertEvent.executeUpdate();
    }

    /** As a batch: the driver looks after each statement whether a transaction is open. */
    void insert(List<EventRow> rows) throws SQLException {
      try {
        for (EventRow row : rows) {
          row.bind(insertEvent);
          insertEvent.addBatch();
        }
        insertEvent.executeBatch();
      } finally {
        insertEvent.clearBatch();
      }
    }
  }

  @FunctionalInterface
  private interface Work {
    void on(Open open) throws SQLException;
  }

  /** All or none. */
  synchronized void append(List<EventRow> rows) throws SQLException {
    if (rows.size() == 1) {
      // A statement alone is a transaction of its own, which saves two calls.
      attempt(writer -> writer.insert(rows.getFirst()));
    } else {
      attempt(
          writer -> {
            writer.begin().execute();
            writer.insert(rows);
            writer.commit().execute();
          });
    }
  }

  synchronized void save(SnapshotRow row) throws SQLException {
    attempt(
        writer -> {
          try (PreparedStatement insert =
              writer.connection().prepareStatement(SnapshotRow.INSERT)) {
            insert.setString(1, row.persistenceId());
            insert.setLong(2, row.sequenceNumber());
            insert.setLong(3, row.createdAt());
            row.payload().bind(insert, 4);
            insert.executeUpdate();
          }
        });
  }

  synchronized void deleteSnapshots(String persistenceId, SnapshotSelectionCriteria criteria)
      throws SQLException {
    attempt(
        writer -> {
          try (PreparedStatement delete =
              writer.connection().prepareStatement(SnapshotRow.DELETE)) {
            ReadConnection.bind(delete, persistenceId, criteria);
            delete.executeUpdate();
          }
        });
  }

  /** Of what {@link Checkpoints} left. Where it fails, the log is longer until the next one. */
  synchronized void checkpoint() {
    try {
      pragma("wal_checkpoint(PASSIVE)");
    } catch (SQLException failure) {
      // A full disk is told to those who write. The log is as it was.
    }
  }

  /** How the connection is set; with {@code name = value}, sets it. */
  synchronized String pragma(String pragma) throws SQLException {
    String[] value = {""};
    attempt(
        writer -> {
          try (var statement = writer.connection().createStatement()) {
            if (statement.execute("PRAGMA " + pragma)) {
              value[0] = statement.getResultSet().getString(1);
            }
          }
        });
    return value[0];
  }

  private void attempt(Work work) throws SQLException {
    file.check();
    if (open == null) {
      open = Open.on(factory.forWriting());
    }
    try {
      work.on(open);
    } catch (SQLException failure) {
      rollBack(failure);
      throw failure;
    }
  }

  /** Where even that fails, a new connection begins with what is in the file. */
  private void rollBack(SQLException failure) {
    try (var statement = open.connection().createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException noTransaction) {
      closeAfter(failure);
    }
  }

  private void closeAfter(SQLException failure) {
    try {
      close();
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    if (open != null) {
      Connection connection = open.connection();
      open = null;
      connection.close();
    }
  }
}

package dev.muster.journal.sqlite;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The one connection that writes. Each method is one transaction, in the log when it returns, and
 * without any effect when it throws. The number that it returns is {@link #sync synced} before
 * anybody is told of it: by another thread if need be, while this one goes on. Safe for use by
 * several threads, one at a time but for that.
 */
final class WriteConnection implements AutoCloseable {
  private final ConnectionFactory factory;
  private final OpenedFile file;
  private final LogSync log;
  private volatile Open open;
  private volatile boolean committing;

  WriteConnection(ConnectionFactory factory) {
    this(factory, disk -> disk);
  }

  /**
   * @param disk may fail in place of the real one
   */
  WriteConnection(ConnectionFactory factory, UnaryOperator<LogSync.Disk> disk) {
    this.factory = factory;
    this.log = new LogSync(disk.apply(this::syncLog));
    this.file = OpenedFile.at(factory.file());
  }

  /** A connection, its log, and what is prepared on it. */
  private record Open(
      Connection connection,
      FileChannel log,
      PreparedStatement begin,
      PreparedStatement commit,
      PreparedStatement insertEvent) {

    static Open on(Connection connection, FileChannel log) throws SQLException {
      return new Open(
          connection,
          log,
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
  synchronized long append(List<EventRow> rows) throws SQLException {
    if (rows.size() == 1) {
      // A statement alone is a transaction of its own, which saves two calls.
      return commit(writer -> writer.insert(rows.getFirst()));
    }
    return commit(
        writer -> {
          writer.begin().execute();
          writer.insert(rows);
          writer.commit().execute();
        });
  }

  synchronized long save(SnapshotRow row) throws SQLException {
    return commit(
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

  synchronized long deleteSnapshots(String persistenceId, SnapshotSelectionCriteria criteria)
      throws SQLException {
    return commit(
        writer -> {
          try (PreparedStatement delete =
              writer.connection().prepareStatement(SnapshotRow.DELETE)) {
            ReadConnection.bind(delete, persistenceId, criteria);
            delete.executeUpdate();
          }
        });
  }

  /** Returns when this commit, and all before it, are on the disk. */
  void sync(long commit) throws SQLException {
    if (log.isInDoubt()) {
      settle();
    }
    log.sync(commit);
  }

  /**
   * Returns when all is on the disk that anybody could have read before. A commit that is under way
   * may be there to read already, and is not waited for: what is there of it is synced.
   */
  void sync() throws SQLException {
    sync(committing ? log.last() + 1 : log.last());
  }

  /** Whether all that is committed is on the disk. */
  synchronized boolean isSynced() {
    return log.isSynced();
  }

  private void syncLog() throws IOException {
    Open now = open;
    if (now == null) {
      throw new ClosedChannelException();
    }
    // Without the time of the last change, which nobody needs: that would be a second write.
    now.log().force(false);
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

  private long commit(Work work) throws SQLException {
    committing = true;
    try {
      attempt(work);
      return log.committed();
    } finally {
      committing = false;
    }
  }

  private void attempt(Work work) throws SQLException {
    file.check();
    if (open == null) {
      open = open();
    }
    if (log.isInDoubt()) {
      settle();
    }
    try {
      work.on(open);
    } catch (SQLException failure) {
      rollBack(failure);
      throw failure;
    }
  }

  private Open open() throws SQLException {
    Connection connection = factory.forAppending();
    try {
      // SQLite has it open for as long as the connection is, and so it stays this one.
      return Open.on(connection, FileChannel.open(factory.log(), StandardOpenOption.WRITE));
    } catch (IOException failure) {
      connection.close();
      throw (SQLException)
          new SQLiteException("its log: " + failure, SQLiteErrorCode.SQLITE_CANTOPEN)
              .initCause(failure);
    }
  }

  /**
   * After a sync that failed: all that is in the log is copied to the file and synced there, and
   * the log begins anew. Where that fails too nothing is written, nor told.
   */
  private synchronized void settle() throws SQLException {
    file.check();
    if (open == null) {
      open = open();
    }
    try (var statement = open.connection().createStatement();
        var result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      if (result.getInt("busy") != 0) {
        throw new SQLException("its log is in doubt, and in use");
      }
      log.settled();
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
      syncBeforeClosing();
      Open closing = open;
      open = null;
      try {
        closing.connection().close();
      } finally {
        closeLog(closing.log());
      }
    }
  }

  /** Others may wait for it. Where it fails, the next connection settles it. */
  private void syncBeforeClosing() {
    try {
      log.sync(log.last());
    } catch (SQLException failure) {
      // Those who wait are told of it.
    }
  }

  private static void closeLog(FileChannel log) throws SQLException {
    try {
      log.close();
    } catch (IOException failure) {
      throw (SQLException)
          new SQLiteException("its log: " + failure, SQLiteErrorCode.SQLITE_IOERR_CLOSE)
              .initCause(failure);
    }
  }
}

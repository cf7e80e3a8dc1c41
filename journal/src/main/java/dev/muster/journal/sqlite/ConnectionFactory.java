package dev.muster.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/**
 * Opens connections to a journal's file.
 *
 * @param url of JDBC
 * @param pragmas set on the connection that writes, over those below; for tests and for emergencies
 */
record ConnectionFactory(String url, Map<String, String> pragmas) {
  /** To wait for the lock, should somebody write from a {@code sqlite3} shell. */
  private static final int BUSY_TIMEOUT_MILLIS = 10_000;

  /**
   * Pages of the log until SQLite writes it back into the file within a commit: only where {@link
   * Checkpoints} does not get it done.
   */
  private static final int CHECKPOINT_AFTER_PAGES = 64_000;

  /**
   * In KiB, at most: the end of the index of every entity that writes again and again. With
   * SQLite's 2 MiB a statement over a thousand clusters read two pages from the file, with this one
   * hardly any.
   */
  private static final int CACHE_KIB = 32 * 1024;

  Path file() {
    return JournalFile.path(url);
  }

  /** The write-ahead log; there while a connection that writes is open. */
  Path log() {
    Path file = file();
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /** Makes the file where it is not there, as the others do not. */
  Connection forCreating() throws SQLException {
    return forWriting(common(), SynchronousMode.FULL);
  }

  /** Synced by SQLite, within each commit. */
  Connection forWriting() throws SQLException {
    return forWriting(existing(), SynchronousMode.FULL);
  }

  /**
   * Synced by {@link LogSync}, after each commit. By itself SQLite syncs the log here only before
   * it is copied to the file, and the file before the log begins anew.
   */
  Connection forAppending() throws SQLException {
    return forWriting(existing(), SynchronousMode.NORMAL);
  }

  private Connection forWriting(SQLiteConfig config, SynchronousMode synchronous)
      throws SQLException {
    // Negative means KiB, not pages.
    config.setCacheSize(-CACHE_KIB);
    config.setSynchronous(synchronous);
    Connection connection = JDBC.createConnection(url, config.toProperties());
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_AFTER_PAGES);
      for (var pragma : pragmas.entrySet()) {
        statement.execute("PRAGMA %s = %s".formatted(pragma.getKey(), pragma.getValue()));
      }
    }
    return connection;
  }

  Connection forReading() throws SQLException {
    Connection connection = JDBC.createConnection(url, existing().toProperties());
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = true");
    }
    return connection;
  }

  private static SQLiteConfig existing() {
    SQLiteConfig config = common();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return config;
  }

  private static SQLiteConfig common() {
    SQLiteConfig config = new SQLiteConfig();
    // Readers and the writer do not wait for each other.
    config.setJournalMode(JournalMode.WAL);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    // Else the driver asks SQLite for them after each insert: a quarter of the writer's time.
    config.setGetGeneratedKeys(false);
    return config;
  }
}

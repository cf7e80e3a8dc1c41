package dev.muster.journal.sqlite;

import dev.muster.journal.JournalErrors;
import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.PersistenceIds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** Opens a journal's file to read it as it is at that moment, beside whoever writes to it. */
final class OfflineConnection {
  private static final int BUSY_TIMEOUT_MILLIS = 10_000;

  private OfflineConnection() {}

  /** What is made of a connection. */
  interface Use<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * @throws JournalUnusableException where there is no journal that this version can read
   */
  static <T> T open(Path file, Use<T> use) {
    if (!Files.isRegularFile(file)) {
      throw new JournalUnusableException("there is no journal at " + file, null);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    try {
      Connection connection = JDBC.createConnection(JournalFile.url(file), config.toProperties());
      try {
        new JournalFile(file).checkReadable(connection);
        // All reads are of one transaction: what is written meanwhile is not seen.
        connection.setAutoCommit(false);
        beginReading(connection);
        return use.on(connection);
      } catch (SQLException | RuntimeException failure) {
        connection.close();
        throw failure;
      }
    } catch (SQLException failure) {
      throw unusable(file, failure);
    }
  }

  private static void beginReading(Connection connection) throws SQLException {
    try (PreparedStatement first = connection.prepareStatement(EventRow.SELECT)) {
      first.setString(1, PersistenceIds.environment());
      first.setLong(2, 1);
      first.setLong(3, 1);
      first.setLong(4, 1);
      first.executeQuery().close();
    }
  }

  static JournalUnusableException unusable(Path file, SQLException failure) {
    return new JournalUnusableException(
        JournalErrors.describe(failure)
            .map(line -> line + " (file " + file + ")")
            .orElseGet(() -> "cannot open the journal %s: %s".formatted(file, failure)),
        failure);
  }
}

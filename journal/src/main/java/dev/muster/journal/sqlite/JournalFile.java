package dev.muster.journal.sqlite;

import dev.muster.journal.JournalErrors;
import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.event.HybridTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** The SQLite file before the plugin opens it: made, or found to be ours. */
final class JournalFile {
  /** What {@code PRAGMA application_id} says of a Muster journal: the letters {@code Mstr}. */
  static final int APPLICATION_ID = 0x4d737472;

  /** What {@code PRAGMA user_version} says of the tables below. */
  static final int SCHEMA_VERSION = 1;

  /** Where the header of a database says whether it keeps a write-ahead log (2) or not (1). */
  private static final int WRITE_VERSION = 18;

  private static final String SQLITE = "jdbc:sqlite:";

  private static final String SCHEMA = "/dev/muster/journal/sqlite/schema-1.sql";

  /** What is damaged is told by whoever recovers it, and has no time here. */
  private static final String LATEST_TIME =
      """
      SELECT max(json_extract(event, '$.at'))
      FROM (SELECT CAST(event_payload AS TEXT) AS event
            FROM event_journal ORDER BY ordering DESC LIMIT 5000)
      WHERE json_valid(event)
      """;

  private final Path file;

  JournalFile(Path file) {
    this.file = file;
  }

  void prepare() {
    prepare(false);
  }

  /** As {@link #prepare()}, where a journal was made before: nothing is made anew. */
  void prepareExisting() {
    refuseGone();
    prepare(true);
  }

  private void prepare(boolean wasMade) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      Files.createDirectories(directory);
      boolean isNew = !Files.exists(file);
      if (!isNew) {
        refuseForeign(wasMade);
      }
      try (Connection connection = open()) {
        check(connection, wasMade);
      }
      if (isNew) {
        sync(directory);
      }
    } catch (IOException failure) {
      throw new JournalUnusableException(
          "cannot create the journal %s: %s".formatted(file, failure), failure);
    } catch (SQLException failure) {
      throw new JournalUnusableException(
          JournalErrors.describe(failure)
              .map(line -> line + " (file " + file + ")")
              .orElseGet(() -> "cannot open the journal %s: %s".formatted(file, failure)),
          failure);
    }
  }

  /**
   * Times are given before they are committed, by many entities at once: the latest one is among
   * the last commits, but not always the last of them.
   */
  Optional<HybridTime> latestTime() {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(LATEST_TIME)) {
      result.next();
      long latest = result.getLong(1);
      return result.wasNull() ? Optional.empty() : Optional.of(new HybridTime(latest));
    } catch (SQLException failure) {
      throw new JournalUnusableException(
          "cannot read the journal %s: %s".formatted(file, failure), failure);
    }
  }

  /**
   * To open a database for writing is to put it into our mode: what is in the other one, and not
   * empty, is looked at first, and left as it is.
   */
  private void refuseForeign(boolean wasMade) throws IOException, SQLException {
    if (!isInRollbackMode()) {
      return;
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = JDBC.createConnection(url(file), config.toProperties())) {
      if (!isEmpty(connection)) {
        checkReadable(connection);
      } else if (wasMade) {
        throw gone("is empty");
      }
    }
  }

  /** As the header of the file says; a file that is no database has no mode. */
  private boolean isInRollbackMode() throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] header = stream.readNBytes(WRITE_VERSION + 1);
      return header.length > WRITE_VERSION && header[WRITE_VERSION] == 1;
    }
  }

  private Connection open() throws SQLException {
    return new ConnectionFactory(url(file), Map.of()).forCreating();
  }

  /** An URI, because a plain path with a question mark in it would end there. */
  static String url(Path file) {
    return SQLITE + file.toAbsolutePath().toUri();
  }

  /** The file of such an URL. */
  static Path path(String url) {
    return Path.of(URI.create(url.substring(SQLITE.length())));
  }

  /** Before the file is opened, which would make it. */
  private void refuseGone() {
    if (!Files.isRegularFile(file)) {
      throw gone("is missing");
    }
    try {
      if (Files.size(file) == 0) {
        throw gone("is empty");
      }
    } catch (IOException failure) {
      throw new JournalUnusableException(
          "cannot read the journal %s: %s".formatted(file, failure), failure);
    }
  }

  private JournalUnusableException gone(String how) {
    return new JournalUnusableException(
        "the journal %s %s, although this data directory has had one; nothing was changed: restore the file from a backup, or take another --data-dir"
            .formatted(file, how));
  }

  private void check(Connection connection, boolean wasMade) throws SQLException {
    int applicationId = number(connection, "PRAGMA application_id");
    int version = number(connection, "PRAGMA user_version");
    if (isEmpty(connection)) {
      if (wasMade) {
        throw gone("is empty");
      }
      createTables(connection);
    } else {
      check(applicationId, version);
    }
  }

  /** Also what is left of a start that was killed before the tables were there. */
  private static boolean isEmpty(Connection connection) throws SQLException {
    return number(connection, "PRAGMA application_id") == 0
        && number(connection, "PRAGMA user_version") == 0
        && number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
  }

  /** Of a connection that may only read: nothing is made that is not there. */
  void checkReadable(Connection connection) throws SQLException {
    if (isEmpty(connection)) {
      throw new JournalUnusableException(
          "the journal %s is empty: it was never written to, or somebody emptied it; restore it from a backup, or name another"
              .formatted(file));
    }
    check(number(connection, "PRAGMA application_id"), number(connection, "PRAGMA user_version"));
  }

  private void check(int applicationId, int version) {
    if (applicationId != APPLICATION_ID) {
      throw new JournalUnusableException(
          "%s is not a Muster journal: it is a SQLite database of another program; choose another data directory"
              .formatted(file));
    } else if (version > SCHEMA_VERSION) {
      throw new JournalUnusableException(
          "the journal %s has schema version %d, written by a newer Muster (this one knows version %d); upgrade this Muster to use it"
              .formatted(file, version, SCHEMA_VERSION));
    }
  }

  /** In one transaction, marks included: whatever is there afterwards is complete. */
  private static void createTables(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String definition : schema().split(";")) {
        if (!definition.isBlank()) {
          statement.executeUpdate(definition);
        }
      }
      statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
      statement.executeUpdate("PRAGMA user_version = " + SCHEMA_VERSION);
      connection.commit();
    }
  }

  private static String schema() {
    try (var resource = JournalFile.class.getResourceAsStream(SCHEMA)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new IllegalStateException("cannot read " + SCHEMA, failure);
    }
  }

  private static int number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getInt(1);
    }
  }

  /** A file whose directory entry was never synced is gone after a power cut. */
  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

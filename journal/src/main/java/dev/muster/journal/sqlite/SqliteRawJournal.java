package dev.muster.journal.sqlite;

import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.verify.RawEvent;
import dev.muster.journal.verify.RawJournal;
import dev.muster.journal.verify.RawSnapshot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a journal's file as it is when it is opened, beside a Muster that writes to it or
 * not.
 *
 * <p>Its methods throw {@link JournalUnusableException} where the file cannot be read.
 */
public final class SqliteRawJournal implements RawJournal {
  /** Those that were marked as deleted are missing: Muster never does that. */
  private static final String EVENTS =
      "SELECT persistence_id, sequence_number, adapter_manifest, event_ser_id, event_ser_manifest,"
          + " event_payload FROM event_journal WHERE persistence_id = ? AND NOT deleted"
          + " ORDER BY sequence_number, ordering";

  private static final String SNAPSHOTS =
      "SELECT persistence_id, sequence_number, snapshot_ser_id, snapshot_ser_manifest,"
          + " snapshot_payload FROM snapshot WHERE persistence_id = ? ORDER BY sequence_number";

  private static final String PERSISTENCE_IDS =
      "SELECT persistence_id FROM event_journal UNION SELECT persistence_id FROM snapshot";

  private static final String CHECK = "PRAGMA integrity_check(3)";

  private final Path file;
  private final Connection connection;

  private SqliteRawJournal(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * @throws JournalUnusableException where there is no journal that this version can read
   */
  public static SqliteRawJournal open(Path dataDirectory) {
    Path file = EmbeddedJournal.file(dataDirectory);
    return OfflineConnection.open(file, connection -> new SqliteRawJournal(file, connection));
  }

  @Override
  public String description() {
    return file.toString();
  }

  @Override
  public List<String> damage() {
    List<String> told = texts(CHECK);
    return told.equals(List.of("ok"))
        ? List.of()
        : told.stream().flatMap(String::lines).limit(3).toList();
  }

  @Override
  public boolean writersMayCollide() {
    return false;
  }

  @Override
  public List<String> persistenceIds() {
    return texts(PERSISTENCE_IDS);
  }

  @Override
  public List<RawEvent> events(String persistenceId) {
    return read(
        EVENTS,
        List.of(persistenceId),
        row ->
            new RawEvent(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getBytes(6)));
  }

  @Override
  public List<RawSnapshot> snapshots(String persistenceId) {
    return read(
        SNAPSHOTS,
        List.of(persistenceId),
        row ->
            new RawSnapshot(
                row.getString(1),
                row.getLong(2),
                row.getInt(3),
                row.getString(4),
                row.getBytes(5)));
  }

  private List<String> texts(String query) {
    return read(query, List.of(), row -> row.getString(1));
  }

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> read(String query, List<String> parameters, Row<T> row) {
    List<T> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setString(i + 1, parameters.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(row.of(rows));
        }
      }
      return found;
    } catch (SQLException failure) {
      throw OfflineConnection.unusable(file, failure);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw OfflineConnection.unusable(file, failure);
    }
  }
}

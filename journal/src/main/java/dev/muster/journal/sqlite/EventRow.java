package dev.muster.journal.sqlite;

import dev.muster.journal.verify.RawEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A row of {@code event_journal}, as far as Muster writes and reads it.
 *
 * @param writtenAt milliseconds since the epoch, by the wall clock: for people who read the file
 * @param adapterManifest of Pekko's event adapters: the hash of the entity's chain
 */
record EventRow(
    String persistenceId,
    long sequenceNumber,
    String writer,
    long writtenAt,
    String adapterManifest,
    Payload payload) {

  static final String INSERT =
      "INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,"
          + " adapter_manifest, event_ser_id, event_ser_manifest, event_payload)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  /** Of one entity, from one number to another, a number of rows at most. */
  static final String SELECT =
      "SELECT persistence_id, sequence_number, writer, write_timestamp, adapter_manifest,"
          + " event_ser_id, event_ser_manifest, event_payload FROM event_journal"
          + " WHERE persistence_id = ? AND sequence_number BETWEEN ? AND ? AND NOT deleted"
          + " ORDER BY sequence_number LIMIT ?";

  void bind(PreparedStatement insert) throws SQLException {
    insert.setString(1, persistenceId);
    insert.setLong(2, sequenceNumber);
    insert.setString(3, writer);
    insert.setLong(4, writtenAt);
    insert.setString(5, adapterManifest);
    payload.bind(insert, 6);
  }

  /** Only what tells of the event: who knows the rest, or needs none of it, need not read it. */
  static RawEvent unread(ResultSet row, String persistenceId) throws SQLException {
    return new RawEvent(
        persistenceId, row.getLong(2), "", row.getInt(6), row.getString(7), row.getBytes(8));
  }

  static EventRow of(ResultSet row) throws SQLException {
    return new EventRow(
        row.getString(1),
        row.getLong(2),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        Payload.of(row, 6));
  }
}

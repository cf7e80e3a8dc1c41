package dev.muster.journal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/** A connection that only reads. For one thread at a time. */
final class ReadConnection implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement highest;
  private final PreparedStatement events;
  private final PreparedStatement snapshot;

  ReadConnection(Connection connection) throws SQLException {
    this.connection = connection;
    this.highest =
        connection.prepareStatement(
            "SELECT max(sequence_number) FROM event_journal WHERE persistence_id = ?");
    this.events = connection.prepareStatement(EventRow.SELECT);
    this.snapshot = connection.prepareStatement(SnapshotRow.SELECT);
  }

  /** 0 where the entity has no event. */
  long highestSequenceNumber(String persistenceId) throws SQLException {
    highest.setString(1, persistenceId);
    try (ResultSet result = highest.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  /** The caller reads the rows, closes the result, and only then asks anew. */
  ResultSet events(String persistenceId, long from, long to, long rowsAtMost) throws SQLException {
    events.setString(1, persistenceId);
    events.setLong(2, from);
    events.setLong(3, to);
    events.setLong(4, rowsAtMost);
    return events.executeQuery();
  }

  /** The latest that matches. */
  Optional<SnapshotRow> snapshot(String persistenceId, SnapshotSelectionCriteria criteria)
      throws SQLException {
    bind(snapshot, persistenceId, criteria);
    try (ResultSet result = snapshot.executeQuery()) {
      return result.next() ? Optional.of(SnapshotRow.of(result)) : Optional.empty();
    }
  }

  static void bind(
      PreparedStatement statement, String persistenceId, SnapshotSelectionCriteria criteria)
      throws SQLException {
    statement.setString(1, persistenceId);
    statement.setLong(2, criteria.minSequenceNr());
    statement.setLong(3, criteria.maxSequenceNr());
    statement.setLong(4, criteria.minTimestamp());
    statement.setLong(5, criteria.maxTimestamp());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

package dev.muster.journal.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A row of {@code snapshot}.
 *
 * @param createdAt milliseconds since the epoch
 */
record SnapshotRow(String persistenceId, long sequenceNumber, long createdAt, Payload payload) {
  /** One that is taken again, after a recovery that did not find it, replaces the other. */
  static final String INSERT =
      "INSERT OR REPLACE INTO snapshot (persistence_id, sequence_number, created,"
          + " snapshot_ser_id, snapshot_ser_manifest, snapshot_payload) VALUES (?, ?, ?, ?, ?, ?)";

  private static final String MATCHING =
      " FROM snapshot WHERE persistence_id = ? AND sequence_number BETWEEN ? AND ?"
          + " AND created BETWEEN ? AND ?";

  static final String SELECT =
      "SELECT persistence_id, sequence_number, created, snapshot_ser_id, snapshot_ser_manifest,"
          + " snapshot_payload"
          + MATCHING
          + " ORDER BY sequence_number DESC LIMIT 1";

  static final String DELETE = "DELETE" + MATCHING;

  static SnapshotRow of(ResultSet row) throws SQLException {
    return new SnapshotRow(row.getString(1), row.getLong(2), row.getLong(3), Payload.of(row, 4));
  }
}

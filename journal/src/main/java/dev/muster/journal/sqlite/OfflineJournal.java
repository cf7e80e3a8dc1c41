package dev.muster.journal.sqlite;

import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.read.StoredJournal;
import dev.muster.journal.verify.RawEvent;
import dev.muster.journal.verify.RawEvents;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A journal's file as it is at the moment when it is opened, read without a running Muster, and
 * beside one that writes to it. For one thread at a time.
 */
public final class OfflineJournal implements StoredJournal {
  /** Who only wants to know what happened needs no hashes. */
  private static final String UNREAD_HASH = "";

  private static final String SELECT =
      "SELECT sequence_number, event_ser_id, event_ser_manifest, event_payload FROM event_journal"
          + " WHERE persistence_id = ? AND sequence_number BETWEEN ? AND ? AND NOT deleted"
          + " ORDER BY sequence_number";

  private final Connection connection;
  private final PreparedStatement select;

  private OfflineJournal(Connection connection) throws SQLException {
    this.connection = connection;
    this.select = connection.prepareStatement(SELECT);
  }

  /**
   * @throws JournalUnusableException where there is no journal that this version can read
   */
  public static OfflineJournal open(Path dataDirectory) {
    return OfflineConnection.open(EmbeddedJournal.file(dataDirectory), OfflineJournal::new);
  }

  @Override
  public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(ClusterId id, long from, long to) {
    return read(PersistenceIds.cluster(id), from, to, ClusterEvent.class);
  }

  @Override
  public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(long from, long to) {
    return read(PersistenceIds.environment(), from, to, EnvironmentEvent.class);
  }

  /** Rows are read here; what is in them is understood on other threads meanwhile. */
  private <E> CompletionStage<List<Sequenced<E>>> read(
      String persistenceId, long from, long to, Class<E> family) {
    List<RawEvent> rows;
    try {
      rows = rows(persistenceId, from, to);
    } catch (SQLException | RuntimeException failure) {
      return CompletableFuture.failedFuture(RawEvents.unreadable(persistenceId, failure));
    }
    return CompletableFuture.supplyAsync(
        () -> RawEvents.understood(persistenceId, rows, from, false, family));
  }

  private List<RawEvent> rows(String persistenceId, long from, long to) throws SQLException {
    select.setString(1, persistenceId);
    select.setLong(2, from);
    select.setLong(3, to);
    List<RawEvent> rows = new ArrayList<>();
    try (ResultSet result = select.executeQuery()) {
      while (result.next()) {
        rows.add(
            new RawEvent(
                persistenceId,
                result.getLong(1),
                UNREAD_HASH,
                result.getInt(2),
                result.getString(3),
                result.getBytes(4)));
      }
    }
    return rows;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException("the journal cannot be closed", failure);
    }
  }
}

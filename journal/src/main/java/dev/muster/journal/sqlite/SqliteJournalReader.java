package dev.muster.journal.sqlite;

import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.verify.RawEvent;
import dev.muster.journal.verify.RawEvents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Reads the events of one entity that are committed when it begins, on a thread that may block: one
 * task for each entity, since handing over event by event costs more than reading them. It fails
 * where one of them is missing.
 */
final class SqliteJournalReader implements JournalReader {
  private final EmbeddedDatabase database;

  SqliteJournalReader(EmbeddedDatabase database) {
    this.database = database;
  }

  @Override
  public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(ClusterId id, long from, long to) {
    return read(PersistenceIds.cluster(id), from, to, Long.MAX_VALUE, ClusterEvent.class);
  }

  @Override
  public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(long from, long to) {
    return read(PersistenceIds.environment(), from, to, Long.MAX_VALUE, EnvironmentEvent.class);
  }

  @Override
  public CompletionStage<List<Sequenced<ClusterEvent>>> clusterUntil(
      ClusterId id, long from, Instant instant) {
    return read(
        PersistenceIds.cluster(id),
        from,
        Long.MAX_VALUE,
        instant.toEpochMilli(),
        ClusterEvent.class);
  }

  @Override
  public CompletionStage<List<Sequenced<EnvironmentEvent>>> environmentUntil(
      long from, Instant instant) {
    return read(
        PersistenceIds.environment(),
        from,
        Long.MAX_VALUE,
        instant.toEpochMilli(),
        EnvironmentEvent.class);
  }

  private <E> CompletionStage<List<Sequenced<E>>> read(
      String persistenceId, long from, long to, long untilMillis, Class<E> family) {
    return database
        .readAsync(
            connection -> {
              try (ResultSet rows = connection.events(persistenceId, from, to, Long.MAX_VALUE)) {
                return events(rows, persistenceId, from, untilMillis, family);
              }
            })
        .exceptionally(
            failure -> {
              throw RawEvents.unreadable(persistenceId, failure.getCause());
            });
  }

  private static <E> List<Sequenced<E>> events(
      ResultSet rows, String persistenceId, long from, long untilMillis, Class<E> family)
      throws SQLException {
    Succession succession = new Succession(persistenceId, from);
    List<Sequenced<E>> events = new ArrayList<>();
    while (rows.next()) {
      RawEvent row = EventRow.unread(rows, persistenceId);
      succession.next(row.sequenceNumber());
      Recorded<E> recorded = RawEvents.decoded(row, family);
      events.add(new Sequenced<>(row.sequenceNumber(), recorded));
      if (recorded.at().epochMillis() > untilMillis) {
        break;
      }
    }
    return events;
  }
}

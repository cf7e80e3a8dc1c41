package dev.muster.journal.sqlite;

import dev.muster.journal.PersistenceIds;
import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.codec.JournalSerializer;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.read.JournalReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A journal's file as it is at the moment when it is opened, read without a running Muster, and
 * beside one that writes to it. Never writes. For one thread at a time.
 *
 * <p>Whatever it reads is checked: numbers must follow each other and times ascend. What does not
 * is named in a {@link JournalUnusableException}, with which the stage fails.
 */
public final class OfflineJournal implements JournalReader, AutoCloseable {
  private final Connection connection;
  private final ReadConnection reader;

  private OfflineJournal(Connection connection, ReadConnection reader) {
    this.connection = connection;
    this.reader = reader;
  }

  /**
   * @throws JournalUnusableException where there is no journal that this version can read
   */
  public static OfflineJournal open(Path dataDirectory) {
    return OfflineConnection.open(
        EmbeddedJournal.file(dataDirectory),
        connection -> new OfflineJournal(connection, new ReadConnection(connection)));
  }

  @Override
  public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(ClusterId id, long from, long to) {
    return read(PersistenceIds.cluster(id), from, to, ClusterEvent.class);
  }

  @Override
  public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(long from, long to) {
    return read(PersistenceIds.environment(), from, to, EnvironmentEvent.class);
  }

  private <E> CompletionStage<List<Sequenced<E>>> read(
      String persistenceId, long from, long to, Class<E> family) {
    List<Sequenced<E>> events = new ArrayList<>();
    try (ResultSet rows = reader.events(persistenceId, from, to, Long.MAX_VALUE)) {
      long expected = from;
      HybridTime latest = HybridTime.ZERO;
      while (rows.next()) {
        EventRow row = EventRow.of(rows);
        Recorded<E> recorded = decode(row, family);
        checkOrder(row, expected, latest, recorded.at());
        events.add(new Sequenced<>(row.sequenceNumber(), recorded));
        expected = row.sequenceNumber() + 1;
        latest = recorded.at();
      }
      return CompletableFuture.completedFuture(events);
    } catch (SQLException | RuntimeException failure) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "cannot read the journal of persistenceId [%s]: %s"
                  .formatted(persistenceId, failure.getMessage()),
              failure));
    }
  }

  private static <E> Recorded<E> decode(EventRow row, Class<E> family) {
    Payload payload = row.payload();
    if (payload.serializerId() == JournalSerializer.IDENTIFIER
        && JournalCodec.STANDARD.decode(payload.manifest(), payload.bytes())
            instanceof Recorded<?> recorded
        && family.isInstance(recorded.event())) {
      return new Recorded<>(recorded.at(), recorded.by(), family.cast(recorded.event()));
    }
    throw new JournalUnusableException(
        "event %d of %s is none of Muster's: its type is \"%s\""
            .formatted(row.sequenceNumber(), row.persistenceId(), payload.manifest()),
        null);
  }

  private static void checkOrder(EventRow row, long expected, HybridTime latest, HybridTime at) {
    if (row.sequenceNumber() != expected) {
      throw new JournalUnusableException(
          "the journal of %s has a gap: event %d is missing"
              .formatted(row.persistenceId(), expected),
          null);
    }
    if (at.compareTo(latest) <= 0) {
      throw new JournalUnusableException(
          "in the journal of %s the clock jumps back: event %d is of %s, the one before it of %s"
              .formatted(row.persistenceId(), row.sequenceNumber(), at.instant(), latest.instant()),
          null);
    }
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

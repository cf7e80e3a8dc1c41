package dev.muster.journal.cassandra;

import com.typesafe.config.Config;
import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.read.StoredJournal;
import dev.muster.journal.verify.RawEvents;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A journal in Cassandra, read without a node. There is no one moment at which all of it is read:
 * whoever wants one asks for what was up to it. Safe for use by many threads.
 */
public final class CassandraStoredJournal implements StoredJournal {
  private final CassandraRows rows;

  private CassandraStoredJournal(CassandraRows rows) {
    this.rows = rows;
  }

  /**
   * @param config of a node: where Cassandra is, the keyspace, and how to log in
   * @throws JournalUnusableException where there is no journal
   */
  public static CassandraStoredJournal open(Config config) {
    return new CassandraStoredJournal(CassandraRows.open(config));
  }

  @Override
  public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(ClusterId id, long from, long to) {
    return read(PersistenceIds.cluster(id), from, to, ClusterEvent.class);
  }

  @Override
  public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(long from, long to) {
    return read(PersistenceIds.environment(), from, to, EnvironmentEvent.class);
  }

  /** All of it, whatever part is wanted: which of two writers counts is told by what follows. */
  private <E> CompletionStage<List<Sequenced<E>>> read(
      String persistenceId, long from, long to, Class<E> family) {
    return rows.events(persistenceId)
        .thenApply(
            all -> part(RawEvents.understood(persistenceId, all, 1, true, family), from, to));
  }

  private static <E> List<Sequenced<E>> part(List<Sequenced<E>> events, long from, long to) {
    return events.stream()
        .filter(event -> event.sequenceNumber() >= from && event.sequenceNumber() <= to)
        .toList();
  }

  @Override
  public void close() {
    rows.close();
  }
}

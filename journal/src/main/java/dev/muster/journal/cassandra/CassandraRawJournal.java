package dev.muster.journal.cassandra;

import com.datastax.oss.driver.api.core.DriverException;
import com.typesafe.config.Config;
import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.verify.RawEvent;
import dev.muster.journal.verify.RawJournal;
import dev.muster.journal.verify.RawSnapshot;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * The rows of a journal in Cassandra, as they are when they are asked for: an entity that is asked
 * for later may have later events.
 *
 * <p>Its methods throw {@link JournalUnusableException} where Cassandra does not answer.
 */
public final class CassandraRawJournal implements RawJournal {
  private final CassandraRows rows;

  private CassandraRawJournal(CassandraRows rows) {
    this.rows = rows;
  }

  /**
   * @param config of a node: where Cassandra is, the keyspace, and how to log in
   * @throws JournalUnusableException where there is no journal
   */
  public static CassandraRawJournal open(Config config) {
    return new CassandraRawJournal(CassandraRows.open(config));
  }

  @Override
  public String description() {
    return rows.where();
  }

  /** Cassandra repairs what its own checksums find, from other copies. */
  @Override
  public List<String> damage() {
    return List.of();
  }

  @Override
  public boolean writersMayCollide() {
    return true;
  }

  @Override
  public List<String> persistenceIds() {
    return rows.persistenceIds();
  }

  @Override
  public List<RawEvent> events(String persistenceId) {
    try {
      return rows.events(persistenceId).toCompletableFuture().join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof DriverException driver
          ? CassandraRows.unusable(rows.where(), driver)
          : failure;
    }
  }

  @Override
  public List<RawSnapshot> snapshots(String persistenceId) {
    return rows.snapshots(persistenceId);
  }

  @Override
  public void close() {
    rows.close();
  }
}

package dev.muster.journal.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.connectors.cassandra.CassandraSessionSettings;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSessionRegistry;

/**
 * Asks for all that a recovery needs of an entity's events at once. The plugin asks five times, one
 * after the other: for the last number in the entity's partition and in the two behind it, for what
 * was deleted, and for the events.
 *
 * <p>It knows how the plugin lays them out: event {@code n} is in partition {@code (n - 1) / size},
 * or in the next one where it was written together with events of that.
 */
final class PastReader {
  /** More than an entity has between two snapshots; who has more is asked for in pages. */
  private static final int PAGE = 1_000;

  private final CassandraSession session;
  private final String table;
  private final String profile;
  private final long partitionSize;

  private PastReader(CassandraSession session, Config plugin) {
    this.session = session;
    this.table = plugin.getString("journal.keyspace") + "." + plugin.getString("journal.table");
    this.profile = plugin.getString("read-profile");
    this.partitionSize = plugin.getLong("journal.target-partition-size");
  }

  /**
   * Over the session of a journal that is there already.
   *
   * @param journal where its configuration is; the plugin's is what that is in
   */
  static PastReader of(ActorSystem system, String journal) {
    String plugin = journal.substring(0, journal.lastIndexOf('.'));
    return new PastReader(
        CassandraSessionRegistry.get(system).sessionFor(CassandraSessionSettings.create(plugin)),
        system.settings().config().getConfig(plugin));
  }

  /** What is behind a number; fails as the driver does. */
  CompletionStage<Past> read(String persistenceId, long from) {
    long partition = partition(from + 1);
    return ask(
            "SELECT sequence_nr, writer_uuid, event_manifest, ser_id, ser_manifest, event FROM "
                + table
                + " WHERE persistence_id = ? AND partition_nr = ? AND sequence_nr > ?",
            persistenceId,
            partition,
            from)
        .thenApply(page -> past(from, partition, page));
  }

  private Past past(long from, long partition, AsyncResultSet page) {
    List<Past.Stored> rows = new ArrayList<>();
    page.currentPage().forEach(row -> rows.add(stored(row)));
    long last = rows.isEmpty() ? from : rows.getLast().number();
    return new Past(from, rows, !page.hasMorePages() && isFarFromEnd(last, partition));
  }

  /** No write has as many events as half a partition: none behind this one is in the next. */
  private boolean isFarFromEnd(long number, long partition) {
    return number - partition * partitionSize < partitionSize / 2;
  }

  /** The last number of an entity with a long past, partition by partition. */
  CompletionStage<Long> highest(String persistenceId, long from) {
    return highest(persistenceId, partition(from + 1), from, false);
  }

  /** A write may leave out one partition, and no more. */
  private CompletionStage<Long> highest(
      String persistenceId, long partition, long found, boolean isBehindEmpty) {
    return ask(
            "SELECT sequence_nr FROM "
                + table
                + " WHERE persistence_id = ? AND partition_nr = ? ORDER BY sequence_nr DESC LIMIT"
                + " 1",
            persistenceId,
            partition)
        .thenCompose(
            page -> {
              Row last = page.one();
              if (last == null && isBehindEmpty) {
                return CompletableFuture.completedStage(found);
              }
              long next = last == null ? found : Math.max(found, last.getLong("sequence_nr"));
              return highest(persistenceId, partition + 1, next, last == null);
            });
  }

  private long partition(long number) {
    return (number - 1) / partitionSize;
  }

  private CompletionStage<AsyncResultSet> ask(String question, Object... values) {
    return session
        .underlying()
        .thenCombine(session.prepare(question), (driver, prepared) -> ask(driver, prepared, values))
        .thenCompose(answer -> answer);
  }

  private CompletionStage<AsyncResultSet> ask(
      CqlSession driver, PreparedStatement prepared, Object... values) {
    return driver.executeAsync(
        prepared.bind(values).setPageSize(PAGE).setExecutionProfileName(profile));
  }

  private static Past.Stored stored(Row row) {
    return new Past.Stored(
        row.getLong("sequence_nr"),
        row.getString("writer_uuid"),
        row.getString("event_manifest"),
        row.getInt("ser_id"),
        CassandraRows.text(row, "ser_manifest"),
        CassandraRows.bytes(row, "event"));
  }
}

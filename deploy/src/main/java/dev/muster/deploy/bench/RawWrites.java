package dev.muster.deploy.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What Cassandra itself can do: its own driver in a loop, which writes rows like those of the
 * journal, at the same consistency level, and nothing else.
 */
final class RawWrites implements AutoCloseable {
  private static final String INSERT =
      "INSERT INTO bench_raw.messages (persistence_id, partition_nr, sequence_nr, timestamp, event)"
          + " VALUES (?, ?, ?, ?, ?)";

  private final CqlSession session;
  private final PreparedStatement insert;
  private final AtomicLong numbers = new AtomicLong();

  /** What is in the journal. */
  record Content(long rows, long bytes) {}

  RawWrites(int cassandraPort) {
    this.session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(Server.HOST, cassandraPort))
            .withLocalDatacenter("datacenter1")
            .build();
    define(
        "CREATE KEYSPACE IF NOT EXISTS bench_raw WITH replication ="
            + " {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
    define(
        "CREATE TABLE IF NOT EXISTS bench_raw.messages (persistence_id text, partition_nr bigint,"
            + " sequence_nr bigint, timestamp timeuuid, event blob,"
            + " PRIMARY KEY ((persistence_id, partition_nr), sequence_nr, timestamp))");
    this.insert =
        session.prepare(
            SimpleStatement.builder(INSERT)
                .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM)
                .build());
  }

  /** What changes the schema may take longer than requests usually do. */
  private void define(String statement) {
    session.execute(SimpleStatement.newInstance(statement).setTimeout(Duration.ofMinutes(1)));
  }

  /** Counts the events, and their bytes. */
  Content journal() {
    long rows = 0;
    long bytes = 0;
    SimpleStatement all =
        SimpleStatement.newInstance("SELECT event FROM muster.messages")
            .setTimeout(Duration.ofMinutes(1));
    for (Row row : session.execute(all)) {
      ByteBuffer event = row.getByteBuffer("event");
      rows++;
      bytes += event == null ? 0 : event.remaining();
    }
    return new Content(rows, bytes);
  }

  /**
   * Writes for a time.
   *
   * @param bytes of each write, over all its rows
   * @param rows of each write, all of one partition
   * @return writes a second
   */
  double run(int inFlight, int bytes, int rows, int entities, Duration time) {
    AtomicLong done = new AtomicLong();
    long beginNanos = System.nanoTime();
    long untilNanos = beginNanos + time.toNanos();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int worker = 0; worker < inFlight; worker++) {
        running.add(
            CompletableFuture.runAsync(
                () -> {
                  while (System.nanoTime() < untilNanos) {
                    write(bytes, rows, entities);
                    done.incrementAndGet();
                  }
                },
                workers));
      }
    }
    return done.get() / ((System.nanoTime() - beginNanos) / 1e9);
  }

  private void write(int bytes, int rows, int entities) {
    long number = numbers.getAndAdd(rows);
    String entity = "cluster|u" + number % entities;
    if (rows == 1) {
      session.execute(row(entity, number, bytes));
      return;
    }
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    for (int row = 0; row < rows; row++) {
      batch.addStatement(row(entity, number + row, Math.ceilDiv(bytes, rows)));
    }
    session.execute(batch.setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM).build());
  }

  private BoundStatement row(String entity, long number, int bytes) {
    return insert.bind(entity, 0L, number, Uuids.timeBased(), ByteBuffer.allocate(bytes));
  }

  @Override
  public void close() {
    session.close();
  }
}

package dev.muster.deploy.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * The clusters {@code c1 .. cN} of a Muster, each of the smallest size, with one replica where
 * nothing else is said; made and mended through SQL.
 */
final class ClusterPopulation {
  private static final int CONNECTIONS = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Server muster;
  private final int count;
  private final int replicas;

  ClusterPopulation(Server muster, int count) {
    this(muster, count, 1);
  }

  /**
   * @param replicas of each cluster
   */
  ClusterPopulation(Server muster, int count, int replicas) {
    this.muster = muster;
    this.count = count;
    this.replicas = replicas;
  }

  /** Makes them, over several connections. */
  void create() {
    onEach(
        number ->
            "CREATE CLUSTER c"
                + number
                + " (SIZE = '25cc', REPLICATION FACTOR = "
                + replicas
                + ")");
  }

  /** Gives every cluster one replica again. */
  void resetReplicationFactors() {
    List<String> changed = new ArrayList<>();
    query(
        "SELECT name FROM mz_catalog.mz_clusters WHERE name LIKE 'c%' AND replication_factor <> 1",
        row -> changed.add(row.getString(1)));
    run(
        changed.stream()
            .map(name -> "ALTER CLUSTER " + name + " SET (REPLICATION FACTOR 1)")
            .toList());
  }

  /** Waits until all replicas answer. */
  void awaitOnline() {
    Await.until(
        "all replicas are online", PATIENCE, () -> countOf(ONLINE) >= (long) count * replicas);
  }

  /** Whether a reader sees every one of them. */
  boolean isComplete() {
    return countOf("SELECT count(*) FROM mz_catalog.mz_clusters WHERE name LIKE 'c%'") == count;
  }

  private static final String ONLINE =
      "SELECT count(*) FROM mz_internal.mz_cluster_replica_statuses s JOIN"
          + " mz_catalog.mz_cluster_replicas r ON r.id = s.replica_id JOIN mz_catalog.mz_clusters c"
          + " ON c.id = r.cluster_id WHERE s.status = 'online' AND c.name LIKE 'c%'";

  private long countOf(String query) {
    List<Long> counts = new ArrayList<>();
    query(query, row -> counts.add(row.getLong(1)));
    return counts.getFirst();
  }

  private void onEach(IntFunction<String> statement) {
    List<String> statements = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      statements.add(statement.apply(number));
    }
    run(statements);
  }

  /** Each connection takes the next statement until none is left. */
  private void run(List<String> statements) {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int worker = 0; worker < Math.min(CONNECTIONS, statements.size()); worker++) {
        running.add(workers.submit(() -> work(statements, next)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException failure) {
      throw new BenchException(
          muster.name() + " refused a statement: " + failure.getCause().getMessage(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", interrupted);
    }
  }

  private Void work(List<String> statements, AtomicInteger next) throws SQLException {
    try (Connection connection = muster.connect();
        Statement statement = connection.createStatement()) {
      for (int index = next.getAndIncrement();
          index < statements.size();
          index = next.getAndIncrement()) {
        statement.execute(statements.get(index));
      }
    }
    return null;
  }

  /** Takes one row. */
  @FunctionalInterface
  interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }

  private void query(String query, RowConsumer consumer) {
    try (Connection connection = muster.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        consumer.accept(rows);
      }
    } catch (SQLException failure) {
      throw new BenchException(
          muster.name() + " refused a query: " + failure.getMessage(), failure);
    }
  }
}

package dev.muster.deploy.bench;

import dev.muster.deploy.bench.ThrowawayNodes.Node;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients on all nodes that change clusters of their own, one statement after the other, each with
 * one retry: on another connection, to the next node.
 */
final class ClientLoad {
  private final List<Node> nodes;
  private final int clusters;
  private final int clients;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong retried = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong slowestNanos = new AtomicLong();

  /**
   * What it came to.
   *
   * @param retried statements that failed once, and were carried out at the second attempt
   * @param failed those that failed twice
   * @param slowestSeconds with the retry
   */
  record Result(long done, long retried, long failed, double slowestSeconds, double seconds) {
    double perSecond() {
      return done / seconds;
    }
  }

  /**
   * @param clusters how many there are, {@code c1} and on
   */
  ClientLoad(List<Node> nodes, int clusters, int clients) {
    this.nodes = nodes;
    this.clusters = clusters;
    this.clients = clients;
  }

  /** Runs for as long as something else takes. */
  Result during(Runnable something) {
    long beginNanos = System.nanoTime();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        int number = client;
        running.add(CompletableFuture.runAsync(() -> work(number), workers));
      }
      try {
        something.run();
      } finally {
        over.set(true);
      }
    }
    return new Result(
        done.get(),
        retried.get(),
        failed.get(),
        slowestNanos.get() / 1e9,
        (System.nanoTime() - beginNanos) / 1e9);
  }

  /** As above, for a time. */
  Result during(Duration time) {
    return during(() -> Await.pause(time));
  }

  private void work(int client) {
    int span = Math.max(1, clusters / clients);
    Session session = new Session(client);
    for (int turn = 0; !over.get(); turn++) {
      int cluster = 1 + (client * span + turn % span) % clusters;
      int factor = 2 - turn / span % 2;
      String statement = "ALTER CLUSTER c%d SET (REPLICATION FACTOR %d)".formatted(cluster, factor);
      long beginNanos = System.nanoTime();
      if (session.execute(statement)) {
        done.incrementAndGet();
      } else if (session.execute(statement)) {
        done.incrementAndGet();
        retried.incrementAndGet();
      } else {
        failed.incrementAndGet();
      }
      slowestNanos.accumulateAndGet(System.nanoTime() - beginNanos, Math::max);
    }
    session.close();
  }

  /** A client's connection, to another node after each failure. */
  private final class Session {
    private int node;
    private Connection connection;

    Session(int client) {
      this.node = client % nodes.size();
    }

    boolean execute(String text) {
      try {
        if (connection == null) {
          connection = connect();
        }
        try (Statement statement = connection.createStatement()) {
          statement.execute(text);
        }
        return true;
      } catch (SQLException failure) {
        close();
        return false;
      }
    }

    /** As drivers do that are given several hosts: one that refuses is passed over. */
    private Connection connect() throws SQLException {
      SQLException last = null;
      for (int tried = 0; tried < nodes.size(); tried++) {
        try {
          return nodes.get(node).connect();
        } catch (SQLException refused) {
          last = refused;
          node = (node + 1) % nodes.size();
        }
      }
      throw last;
    }

    void close() {
      try {
        if (connection != null) {
          connection.close();
        }
      } catch (SQLException brokenAnyway) {
        // It is of no use any more.
      }
      connection = null;
      node = (node + 1) % nodes.size();
    }
  }
}

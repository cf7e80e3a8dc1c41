package dev.muster.deploy.bench;

import dev.muster.deploy.bench.ThrowawayNodes.Node;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;

/**
 * {@code muster bench failover}: SIGKILL of a node with a third of all clusters, until statements
 * on every one of those have been carried out by the others.
 *
 * <p>Replicas are simulated, and outlive their node as processes do: none may be started anew.
 */
@Command(
    name = "failover",
    description =
        "SIGKILL of one of three nodes: seconds until statements on every one of its clusters"
            + " succeed, and how much of that is detection.",
    mixinStandardHelpOptions = true)
final class FailoverBenchmark extends Benchmark {
  private static final int NODES = 3;
  private static final int CONNECTIONS = 32;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern CLUSTER =
      Pattern.compile("(?m)^muster_cluster_replicas_wanted\\{[^}]*cluster_name=\"(c\\d+)\"[^}]*}");

  /**
   * Seconds after the kill.
   *
   * @param detected when another node said that it does not reach it
   * @param removed when it was no member any more
   * @param first when the first statement on one of its clusters was carried out
   * @param all when one on each of them was
   * @param restarted replicas that were started anew
   */
  private record Round(
      int clusters, double detected, double removed, double first, double all, long restarted) {}

  @Override
  void measure(Workshop workshop, BenchOptions given, PrintWriter out) {
    int clusters = given.clusters(3_000);
    ThrowawayNodes nodes = ThrowawayNodes.start(workshop, NODES);
    ClusterPopulation population = new ClusterPopulation(nodes.all().getFirst(), clusters);
    population.create();
    population.awaitOnline();
    List<Round> rounds = new ArrayList<>();
    for (int round = 0; round < given.rounds(3); round++) {
      rounds.add(round(nodes, nodes.all().get(round % NODES), round));
      // What is lost next is lost to nodes that have nothing left to do from this round.
      population.awaitOnline();
    }
    print(clusters, rounds, out);
  }

  private static Round round(ThrowawayNodes nodes, Node killed, int number) {
    List<String> lost = clusters(killed);
    List<Node> others = nodes.others(killed);
    long startsBefore = starts(nodes);
    LogWatch watch = new LogWatch(others.stream().map(nodes::data).toList());
    long beginNanos = System.nanoTime();
    nodes.kill(killed);
    CompletableFuture<LogWatch.Sight> sight =
        CompletableFuture.supplyAsync(() -> watch.await(beginNanos, PATIENCE));
    AtomicLong firstNanos = new AtomicLong(Long.MAX_VALUE);
    changeEach(lost, others, number, firstNanos);
    double all = seconds(beginNanos, System.nanoTime());
    long restarted = starts(nodes) - startsBefore;
    LogWatch.Sight seen = sight.join();
    nodes.restart(killed);
    Await.until(
        "the node is back", PATIENCE, () -> nodes.all().stream().allMatch(FailoverBenchmark::isUp));
    awaitBalance(killed, lost.size() * 3 / 4);
    return new Round(
        lost.size(),
        seen.unreachableSeconds(),
        seen.removedSeconds(),
        seconds(beginNanos, firstNanos.get()),
        all,
        restarted);
  }

  /** Shards come back by and by. */
  private static void awaitBalance(Node node, int clusters) {
    Await.until(
        node.name() + " has its share again", PATIENCE, () -> clusters(node).size() >= clusters);
  }

  private static void changeEach(
      List<String> clusters, List<Node> nodes, int round, AtomicLong firstNanos) {
    AtomicInteger next = new AtomicInteger();
    List<CompletableFuture<Void>> running = new ArrayList<>();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int worker = 0; worker < CONNECTIONS; worker++) {
        Node node = nodes.get(worker % nodes.size());
        running.add(
            CompletableFuture.runAsync(
                () -> work(clusters, next, node, round, firstNanos), workers));
      }
      running.forEach(CompletableFuture::join);
    }
  }

  private static void work(
      List<String> clusters, AtomicInteger next, Node node, int round, AtomicLong firstNanos) {
    try (Client client = new Client(node)) {
      for (int index = next.getAndIncrement();
          index < clusters.size();
          index = next.getAndIncrement()) {
        String statement =
            "COMMENT ON CLUSTER %s IS 'after failover %d'".formatted(clusters.get(index), round);
        Await.until(statement, PATIENCE, () -> client.accepts(statement));
        firstNanos.accumulateAndGet(System.nanoTime(), Math::min);
      }
    }
  }

  /** A connection, and another one after each failure. */
  private static final class Client implements AutoCloseable {
    private final Node node;
    private Connection connection;

    Client(Node node) {
      this.node = node;
    }

    boolean accepts(String change) {
      try {
        if (connection == null) {
          connection = node.connect();
        }
        try (Statement statement = connection.createStatement()) {
          statement.execute(change);
        }
        return true;
      } catch (SQLException notYet) {
        close();
        return false;
      }
    }

    @Override
    public void close() {
      try {
        if (connection != null) {
          connection.close();
        }
      } catch (SQLException brokenAnyway) {
        // It is of no use any more.
      }
      connection = null;
    }
  }

  /** The clusters whose entities a node has, as its metrics name them. */
  private static List<String> clusters(Node node) {
    List<String> names = new ArrayList<>();
    Matcher cluster = CLUSTER.matcher(http(node, "/metrics"));
    while (cluster.find()) {
      names.add(cluster.group(1));
    }
    return names;
  }

  private static boolean isUp(Node node) {
    return http(node, "/node").contains("member=Up");
  }

  private static String http(Node node, String path) {
    URI uri = URI.create("http://" + Server.HOST + ":" + node.httpPort() + path);
    try (var answer = uri.toURL().openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new BenchException(uri + ": " + failure.getMessage(), failure);
    }
  }

  /** How often replicas were started, as the simulation's own records say. */
  private static long starts(ThrowawayNodes nodes) {
    long starts = 0;
    for (Node node : nodes.all()) {
      try (var lines = Files.lines(nodes.data(node).resolve("simulated-replicas"))) {
        starts += lines.filter(line -> line.startsWith("+")).count();
      } catch (IOException failure) {
        throw new BenchException("cannot read: " + failure.getMessage(), failure);
      }
    }
    return starts;
  }

  private static double seconds(long fromNanos, long untilNanos) {
    return (untilNanos - fromNanos) / 1e9;
  }

  private static void print(int clusters, List<Round> rounds, PrintWriter out) {
    out.println();
    out.println(
        "### SIGKILL of one of %d nodes with %d clusters: seconds until ..."
            .formatted(NODES, clusters));
    out.println();
    TextTable table =
        new TextTable(
            "round",
            "clusters of the node",
            "found unreachable",
            "removed",
            "first statement on one",
            "on every one",
            "replicas restarted");
    for (int index = 0; index < rounds.size(); index++) {
      Round round = rounds.get(index);
      table.row(
          index + 1,
          round.clusters(),
          Numbers.brief(round.detected()),
          Numbers.brief(round.removed()),
          Numbers.brief(round.first()),
          Numbers.brief(round.all()),
          round.restarted());
    }
    out.print(table);
    out.println();
    out.println(
        Target.atMost("median time until statements on every one succeed", 12, " s")
            .verdict(Summary.of(rounds, Round::all).median()));
    out.println(
        Target.atMost("healthy replicas restarted", 0, "")
            .verdict(Summary.of(rounds, round -> (double) round.restarted()).maximum()));
  }
}

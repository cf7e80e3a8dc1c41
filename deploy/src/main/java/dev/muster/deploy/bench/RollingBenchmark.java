package dev.muster.deploy.bench;

import dev.muster.deploy.bench.ThrowawayNodes.Node;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code muster bench rolling}: every node is restarted, one after the other, under load. */
@Command(
    name = "rolling",
    description =
        "Rolling restart of three nodes under load: failed statements that a client with one retry"
            + " sees.",
    mixinStandardHelpOptions = true)
final class RollingBenchmark extends Benchmark {
  private static final int NODES = 3;
  private static final int CLIENTS = 12;
  private static final Duration BETWEEN = Duration.ofSeconds(3);

  @Override
  void measure(Workshop workshop, BenchOptions given, PrintWriter out) {
    int clusters = given.clusters(1_000);
    ThrowawayNodes nodes = ThrowawayNodes.start(workshop, NODES);
    ClusterPopulation population = new ClusterPopulation(nodes.all().getFirst(), clusters);
    population.create();
    population.awaitOnline();
    List<ClientLoad.Result> results = new ArrayList<>();
    for (int round = 0; round < given.rounds(2); round++) {
      results.add(new ClientLoad(nodes.all(), clusters, CLIENTS).during(() -> restartEach(nodes)));
    }
    print(clusters, results, out);
  }

  private static void restartEach(ThrowawayNodes nodes) {
    Await.pause(BETWEEN);
    for (Node node : nodes.all()) {
      nodes.terminate(node);
      nodes.restart(node);
      Await.pause(BETWEEN);
    }
  }

  private static void print(int clusters, List<ClientLoad.Result> results, PrintWriter out) {
    out.println();
    out.println(
        "### rolling restart of %d nodes with %d clusters, %d clients"
            .formatted(NODES, clusters, CLIENTS));
    out.println();
    TextTable table =
        new TextTable("round", "seconds", "statements", "retried once", "failed", "slowest s");
    for (int index = 0; index < results.size(); index++) {
      ClientLoad.Result result = results.get(index);
      table.row(
          index + 1,
          Numbers.brief(result.seconds()),
          result.done(),
          result.retried(),
          result.failed(),
          Numbers.brief(result.slowestSeconds()));
    }
    out.print(table);
    out.println();
    out.println(
        Target.atMost("statements that failed twice", 0, "")
            .verdict(Summary.of(results, result -> (double) result.failed()).maximum()));
  }
}

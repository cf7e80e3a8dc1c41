package dev.muster.deploy.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;

/** {@code muster bench recover}: how soon Muster serves again after SIGKILL. */
@Command(
    name = "recover",
    description =
        "Seconds until Muster serves again after SIGKILL: first change acknowledged, first complete"
            + " SELECT.",
    mixinStandardHelpOptions = true)
final class RecoverBenchmark extends Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * Seconds from the start of the new process.
   *
   * @param ready it says that it serves
   * @param change the first ALTER CLUSTER is acknowledged
   * @param read the first SELECT shows every cluster
   * @param online every replica is online again
   */
  private record Recovery(double ready, double change, double read, double online) {}

  @Override
  void measure(Workshop workshop, BenchOptions given, PrintWriter out) {
    int clusters = given.clusters(10_000);
    ThrowawayMuster muster = ThrowawayMuster.start(workshop);
    ClusterPopulation population = new ClusterPopulation(muster, clusters);
    population.create();
    population.awaitOnline();

    List<Recovery> recoveries = new ArrayList<>();
    for (int round = 0; round < given.rounds(3); round++) {
      muster.kill();
      recoveries.add(recover(muster, population, round));
    }
    print(recoveries, clusters, out);
  }

  private static Recovery recover(ThrowawayMuster muster, ClusterPopulation population, int round) {
    long beginNanos = System.nanoTime();
    try {
      muster.launch();
    } catch (IOException failure) {
      throw new BenchException(
          "Muster could not be started again: " + failure.getMessage(), failure);
    }
    double ready = secondsSince(beginNanos);
    String change = "ALTER CLUSTER c1 SET (REPLICATION FACTOR " + (round % 2 == 0 ? 2 : 1) + ")";
    CompletableFuture<Double> changed =
        CompletableFuture.supplyAsync(
            () -> {
              Await.until("a change is acknowledged", PATIENCE, () -> accepts(muster, change));
              return secondsSince(beginNanos);
            });
    Await.until("a reader sees every cluster", PATIENCE, population::isComplete);
    double read = secondsSince(beginNanos);
    double acknowledged = changed.join();
    population.awaitOnline();
    return new Recovery(ready, acknowledged, read, secondsSince(beginNanos));
  }

  private static boolean accepts(Server muster, String change) {
    try (Connection connection = muster.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(change);
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static double secondsSince(long beginNanos) {
    return (System.nanoTime() - beginNanos) / 1e9;
  }

  private static void print(List<Recovery> recoveries, int clusters, PrintWriter out) {
    out.println();
    out.println("### seconds after the start that follows a SIGKILL, " + clusters + " clusters");
    out.println();
    TextTable table =
        new TextTable(
            "round", "ready", "first ALTER", "first complete SELECT", "all replicas online");
    for (int index = 0; index < recoveries.size(); index++) {
      Recovery each = recoveries.get(index);
      table.row(
          index + 1,
          Numbers.brief(each.ready()),
          Numbers.brief(each.change()),
          Numbers.brief(each.read()),
          Numbers.brief(each.online()));
    }
    table.row(
        "median",
        Numbers.brief(Summary.of(recoveries, Recovery::ready).median()),
        Numbers.brief(Summary.of(recoveries, Recovery::change).median()),
        Numbers.brief(Summary.of(recoveries, Recovery::read).median()),
        Numbers.brief(Summary.of(recoveries, Recovery::online).median()));
    out.print(table);
  }
}

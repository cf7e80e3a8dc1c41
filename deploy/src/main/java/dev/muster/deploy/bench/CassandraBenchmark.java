package dev.muster.deploy.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * {@code muster bench cassandra}: acknowledged changes a second on three nodes, beside Cassandra's
 * own driver that writes as many bytes to the same Cassandra in a loop.
 */
@Command(
    name = "cassandra",
    description =
        "ALTER CLUSTER .. SET (REPLICATION FACTOR ..) on three nodes, beside a raw loop of"
            + " Cassandra's driver that writes the same bytes.",
    mixinStandardHelpOptions = true)
final class CassandraBenchmark extends Benchmark {
  private static final int NODES = 3;
  private static final List<Integer> CONNECTIONS = List.of(16, 64);
  private static final double SHARE_AT_LEAST = 0.5;

  /** One turn of each: changes a second, the bytes that each wrote, and raw writes a second. */
  private record Round(double changes, long failed, double bytes, double rows, double raw) {
    double share() {
      return changes / raw;
    }
  }

  @Override
  void measure(Workshop workshop, BenchOptions given, PrintWriter out) {
    int clusters = given.clusters(1_000);
    ThrowawayNodes nodes = ThrowawayNodes.start(workshop, NODES);
    ClusterPopulation population = new ClusterPopulation(nodes.all().getFirst(), clusters);
    population.create();
    population.awaitOnline();
    try (RawWrites raw = new RawWrites(nodes.cassandraPort())) {
      // What a virtual machine needs until its code is compiled.
      round(nodes, raw, clusters, CONNECTIONS.getFirst(), given.seconds(20));
      for (int connections : CONNECTIONS) {
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < given.rounds(3); round++) {
          rounds.add(round(nodes, raw, clusters, connections, given.seconds(10)));
        }
        print(clusters, connections, rounds, out);
      }
    }
  }

  private static Round round(
      ThrowawayNodes nodes, RawWrites raw, int clusters, int connections, int seconds) {
    Duration turn = Duration.ofSeconds(seconds);
    RawWrites.Content before = raw.journal();
    ClientLoad.Result result = new ClientLoad(nodes.all(), clusters, connections).during(turn);
    RawWrites.Content after = raw.journal();
    double bytes = (after.bytes() - before.bytes()) / (double) Math.max(1, result.done());
    double rows = (after.rows() - before.rows()) / (double) Math.max(1, result.done());
    double rawPerSecond = raw.run(connections, (int) Math.ceil(bytes), clusters, turn);
    return new Round(result.perSecond(), result.failed(), bytes, rows, rawPerSecond);
  }

  private static void print(int clusters, int connections, List<Round> rounds, PrintWriter out) {
    out.println();
    out.println(
        "### ALTER CLUSTER over %d clusters, %d nodes, %d connections"
            .formatted(clusters, NODES, connections));
    out.println();
    TextTable table =
        new TextTable(
            "round",
            "ALTERs/s",
            "failed",
            "events an ALTER",
            "bytes an ALTER",
            "raw writes/s",
            "share of raw");
    for (int index = 0; index < rounds.size(); index++) {
      Round round = rounds.get(index);
      table.row(
          index + 1,
          Numbers.brief(round.changes()),
          round.failed(),
          Numbers.brief(round.rows()),
          Numbers.brief(round.bytes()),
          Numbers.brief(round.raw()),
          Numbers.brief(round.share()));
    }
    out.print(table);
    out.println();
    out.println(
        Target.atLeast("ALTERs, times raw writes of the same bytes", SHARE_AT_LEAST, "")
            .verdict(Summary.of(rounds, Round::share).median()));
    out.flush();
  }
}

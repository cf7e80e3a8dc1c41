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

  /**
   * At first an ALTER costs three times the processor time that it costs after four or five
   * minutes, and the optimizing compilers take a third of it and more.
   */
  private static final int WARM_UP_TURNS = 30;

  private static final int WARM_UP_BYTES = 700;

  /**
   * One turn of each.
   *
   * @param changes a second
   * @param bytes that each wrote
   * @param rows that each wrote
   * @param raw writes a second of as many bytes in one row
   * @param rawRows writes a second of as many bytes in as many rows
   */
  private record Round(
      double changes, long failed, double bytes, double rows, double raw, double rawRows) {
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
      warmUp(nodes, raw, clusters, given);
      for (int connections : CONNECTIONS) {
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < given.rounds(3); round++) {
          rounds.add(round(nodes, raw, clusters, connections, given.seconds(10)));
        }
        print(clusters, connections, rounds, out);
      }
    }
  }

  /**
   * The three virtual machines of the nodes have a third of the statements each, and share the
   * processors with their own compilers meanwhile.
   */
  private static void warmUp(
      ThrowawayNodes nodes, RawWrites raw, int clusters, BenchOptions given) {
    Duration turn = Duration.ofSeconds(given.seconds(10));
    int connections = CONNECTIONS.getLast();
    for (int turns = given.warmUpTurns(WARM_UP_TURNS); turns > 0; turns--) {
      new ClientLoad(nodes.all(), clusters, connections).during(turn);
    }
    raw.run(connections, WARM_UP_BYTES, 1, clusters, turn);
  }

  private static Round round(
      ThrowawayNodes nodes, RawWrites raw, int clusters, int connections, int seconds) {
    Duration turn = Duration.ofSeconds(seconds);
    RawWrites.Content before = raw.journal();
    ClientLoad.Result result = new ClientLoad(nodes.all(), clusters, connections).during(turn);
    RawWrites.Content after = raw.journal();
    double bytes = (after.bytes() - before.bytes()) / (double) Math.max(1, result.done());
    double rows = (after.rows() - before.rows()) / (double) Math.max(1, result.done());
    int size = (int) Math.ceil(bytes);
    int events = Math.max(1, (int) Math.round(rows));
    return new Round(
        result.perSecond(),
        result.failed(),
        bytes,
        rows,
        raw.run(connections, size, 1, clusters, turn),
        raw.run(connections, size, events, clusters, turn));
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
            "share of raw",
            "in as many rows");
    for (int index = 0; index < rounds.size(); index++) {
      Round round = rounds.get(index);
      table.row(
          index + 1,
          Numbers.brief(round.changes()),
          round.failed(),
          Numbers.brief(round.rows()),
          Numbers.brief(round.bytes()),
          Numbers.brief(round.raw()),
          Numbers.brief(round.share()),
          Numbers.brief(round.rawRows()));
    }
    out.print(table);
    out.println();
    out.println(
        Target.atLeast("ALTERs, times raw writes of the same bytes", SHARE_AT_LEAST, "")
            .verdict(Summary.of(rounds, Round::share).median()));
    out.flush();
  }
}

package dev.muster.deploy.bench;

import dev.muster.deploy.bench.Contest.Contender;
import dev.muster.deploy.bench.Contest.Match;
import dev.muster.deploy.bench.Contest.Ratio;
import dev.muster.deploy.bench.Pgbench.Load;
import dev.muster.deploy.bench.Pgbench.Protocol;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code muster bench ddl}: acknowledged, durable changes.
 *
 * <p>Every statement changes something: each connection has clusters of its own and goes over them
 * again and again, from one replica to two, then back. PostgreSQL updates the row, by the same
 * indexed name, and inserts the audit event, in one transaction: sent as one message, as Muster's
 * statement is (by this one Muster is judged), and for scale as the four messages of a usual
 * client.
 */
@Command(
    name = "ddl",
    description =
        "ALTER CLUSTER .. SET (REPLICATION FACTOR ..) beside PostgreSQL's UPDATE and INSERT in one"
            + " transaction, acknowledged and synced, at one and at many connections.",
    mixinStandardHelpOptions = true)
final class DdlBenchmark extends Benchmark {
  private static final double THROUGHPUT_AT_LEAST = 1.0;
  private static final double LATENCY_AT_MOST = 1.5;

  /**
   * What a virtual machine needs until its code is compiled is a number of statements, and not a
   * time: one connection would take minutes for it.
   */
  private static final int WARM_UP_CONNECTIONS = 16;

  /** After so many the optimizing compiler has come to rest (JFR, jdk.Compilation). */
  private static final int WARM_UP_STATEMENTS = 400_000;

  private static final int WARM_UP_TURNS_AT_MOST = 12;

  /**
   * The turn of the connection goes over its own clusters; each pass toggles between two replicas
   * and one.
   */
  private static final String CHOICE =
      """
      \\set turn :turn + 1
      \\set id 1 + :client_id * :span + (:turn % :span)
      \\set n 2 - (:turn / :span) % 2
      """;

  private static final String MUSTER = CHOICE + "ALTER CLUSTER c:id SET (REPLICATION FACTOR :n);\n";

  private static final String UPDATE =
      "UPDATE cluster SET replication_factor = :n WHERE name = 'c:id'";

  private static final String INSERT =
      """
      INSERT INTO audit_event (event_type, object_type, details)
      VALUES ('alter', 'cluster', jsonb_build_object('name', 'c:id', 'replication_factor', :n));
      """;

  /** As pgbench's own scripts, and drivers, write a transaction: the peer of the targets. */
  private static final String TRANSACTION =
      CHOICE + "BEGIN;\n" + UPDATE + ";\n" + INSERT + "COMMIT;\n";

  /**
   * The least that PostgreSQL can be asked with: two statements in one message are one transaction.
   */
  private static final String ONE_MESSAGE = CHOICE + UPDATE + " \\;\n" + INSERT;

  @Mixin private ConnectionCounts connections;

  @Override
  void measure(Workshop workshop, BenchOptions given, PrintWriter out) {
    int clusters = given.clusters(1000);
    ThrowawayPostgres postgres = ThrowawayPostgres.start(workshop);
    fill(postgres, clusters);
    ThrowawayMuster muster = ThrowawayMuster.start(workshop);
    ClusterPopulation population = new ClusterPopulation(muster, clusters);
    population.create();
    population.awaitOnline();

    Pgbench pgbench = new Pgbench(workshop, postgres.binaries());
    int turns = given.warmUpTurns(WARM_UP_TURNS_AT_MOST);
    for (Load load :
        List.of(
            load(muster, MUSTER, clusters, WARM_UP_CONNECTIONS),
            load(postgres, ONE_MESSAGE, clusters, WARM_UP_CONNECTIONS))) {
      warmUp(pgbench, load, turns, given.seconds(10), population);
    }
    Contest contest = new Contest(pgbench, out, given.rounds(5), given.seconds(10));
    for (int count : connections.counts()) {
      String title =
          "ALTER CLUSTER over %d clusters, %d connection%s, %d s a turn"
              .formatted(clusters, count, count == 1 ? "" : "s", given.seconds(10));
      Match match =
          new Match(
              title,
              new Contender("Muster", load(muster, MUSTER, clusters, count)),
              List.of(
                  new Contender("PostgreSQL", load(postgres, TRANSACTION, clusters, count)),
                  new Contender(
                      "PostgreSQL, in 1 message", load(postgres, ONE_MESSAGE, clusters, count))),
              population::resetReplicationFactors);
      judge(contest.play(match).getFirst(), count, out);
    }
  }

  private static void warmUp(
      Pgbench pgbench, Load load, int turns, int seconds, ClusterPopulation population) {
    double statements = 0;
    for (int turn = 0; turn < turns && statements < WARM_UP_STATEMENTS; turn++) {
      population.resetReplicationFactors();
      statements += pgbench.run(load, seconds).transactionsPerSecond() * seconds;
    }
  }

  private static Load load(Server server, String script, int clusters, int count) {
    long span = Math.max(1, clusters / count);
    return new Load(server, script, Map.of("turn", -1L, "span", span), Protocol.SIMPLE, count);
  }

  private static void judge(Ratio ratio, int count, PrintWriter out) {
    out.println(
        count == 1
            ? Target.atMost("median latency, times PostgreSQL's", LATENCY_AT_MOST, "")
                .verdict(ratio.medianLatency())
            : Target.atLeast("throughput, times PostgreSQL's", THROUGHPUT_AT_LEAST, "")
                .verdict(ratio.throughput()));
    out.flush();
  }

  private static void fill(ThrowawayPostgres postgres, int clusters) {
    postgres.execute(
        "CREATE TABLE cluster (id text PRIMARY KEY, name text NOT NULL UNIQUE, size text,"
            + " replication_factor integer)",
        "CREATE TABLE audit_event (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event_type"
            + " text NOT NULL, object_type text NOT NULL, details jsonb NOT NULL, \"user\" text NOT"
            + " NULL DEFAULT current_user, occurred_at timestamptz NOT NULL DEFAULT now())",
        "INSERT INTO cluster SELECT 'u' || n, 'c' || n, '25cc', 1 FROM generate_series(1, "
            + clusters
            + ") n",
        "VACUUM ANALYZE");
  }
}

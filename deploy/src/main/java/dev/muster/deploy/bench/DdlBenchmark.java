package dev.muster.deploy.bench;

import dev.muster.deploy.bench.Contest.Match;
import dev.muster.deploy.bench.Contest.Round;
import dev.muster.deploy.bench.Pgbench.Load;
import dev.muster.deploy.bench.Pgbench.Protocol;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code muster bench ddl}: acknowledged, durable changes.
 *
 * <p>Every statement changes something: each connection has clusters of its own and goes over them
 * again and again, from one replica to two, then back. PostgreSQL updates the row, by the same
 * indexed name, and inserts the audit event, in one statement and so in one transaction and one
 * round trip, as Muster does.
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
   * The turn of the connection goes over its own clusters; each pass toggles between two replicas
   * and one.
   */
  private static final String CHOICE =
      """
      \\set turn :turn + 1
      \\set id 1 + :client_id * :span + (:turn %% :span)
      \\set n 2 - (:turn / :span) %% 2
      """
          .replace("%%", "%");

  private static final String MUSTER = CHOICE + "ALTER CLUSTER c:id SET (REPLICATION FACTOR :n);\n";

  private static final String POSTGRES =
      CHOICE
          + """
          WITH changed AS (UPDATE cluster SET replication_factor = :n WHERE name = 'c:id' RETURNING id)
          INSERT INTO audit_event (event_type, object_type, details)
          SELECT 'alter', 'cluster', jsonb_build_object('id', id, 'replication_factor', :n) FROM changed;
          """;

  @Option(
      names = "--connections",
      paramLabel = "N,N",
      split = ",",
      description = "at how many connections at once it is measured (default: 1,16)")
  private List<Integer> connections = List.of(1, 16);

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
    Contest contest = new Contest(pgbench, out, given.rounds(5), given.seconds(10));
    for (int connectionCount : connections) {
      String title =
          "ALTER CLUSTER over %d clusters, %d connection%s, %d s a turn"
              .formatted(
                  clusters, connectionCount, connectionCount == 1 ? "" : "s", given.seconds(10));
      Match match =
          new Match(
              title,
              load(muster, MUSTER, clusters, connectionCount),
              load(postgres, POSTGRES, clusters, connectionCount),
              population::resetReplicationFactors);
      judge(contest.play(match), connectionCount, out);
    }
  }

  private static Load load(Server server, String script, int clusters, int connectionCount) {
    long span = Math.max(1, clusters / connectionCount);
    return new Load(
        server, script, Map.of("turn", -1L, "span", span), Protocol.SIMPLE, connectionCount);
  }

  private static void judge(List<Round> rounds, int connectionCount, PrintWriter out) {
    out.println();
    if (connectionCount == 1) {
      Target target = Target.atMost("median latency, times PostgreSQL's", LATENCY_AT_MOST, "");
      out.println(target.verdict(Summary.of(rounds, Round::latencyRatio).median()));
    } else {
      Target target = Target.atLeast("throughput, times PostgreSQL's", THROUGHPUT_AT_LEAST, "");
      out.println(target.verdict(Summary.of(rounds, Round::throughputRatio).median()));
    }
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

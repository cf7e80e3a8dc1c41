package dev.muster.deploy.bench;

import dev.muster.deploy.bench.Contest.Contender;
import dev.muster.deploy.bench.Contest.Match;
import dev.muster.deploy.bench.Pgbench.Load;
import dev.muster.deploy.bench.Pgbench.Protocol;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code muster bench catalog}: reading what there is, beside the same rows in PostgreSQL tables.
 */
@Command(
    name = "catalog",
    description =
        "Lookup of a cluster by name, and the join behind SHOW CLUSTERS, beside the same rows in"
            + " tables of PostgreSQL.",
    mixinStandardHelpOptions = true)
final class CatalogBenchmark extends Benchmark {
  private static final String CHOICE = "\\set id random(1, :clusters)\n";

  private static final String LOOKUP =
      CHOICE
          + """
          SELECT id, name, managed, size, replication_factor FROM mz_catalog.mz_clusters WHERE name = 'c:id';
          """;

  private static final String LOOKUP_PREPARED =
      CHOICE
          + """
          SELECT id, name, managed, size, replication_factor FROM mz_catalog.mz_clusters WHERE name = 'c' || :id::text;
          """;

  private static final String JOIN_OF_ONE =
      CHOICE
          + """
          SELECT c.name, string_agg(r.name || ' (' || r.size || ')', ', ' ORDER BY r.name) AS replicas
          FROM mz_catalog.mz_clusters c LEFT JOIN mz_catalog.mz_cluster_replicas r ON r.cluster_id = c.id
          WHERE c.name = 'c:id' GROUP BY c.id, c.name ORDER BY c.name;
          """;

  private static final String JOIN_OF_ALL =
      """
      SELECT c.name, string_agg(r.name || ' (' || r.size || ')', ', ' ORDER BY r.name) AS replicas
      FROM mz_catalog.mz_clusters c LEFT JOIN mz_catalog.mz_cluster_replicas r ON r.cluster_id = c.id
      GROUP BY c.id, c.name ORDER BY c.name;
      """;

  private static final String SHOW_CLUSTERS = "SHOW CLUSTERS;\n";

  @Mixin private ConnectionCounts connections;

  @Override
  void measure(Workshop workshop, BenchOptions given, PrintWriter out) {
    int clusters = given.clusters(10_000);
    ThrowawayPostgres postgres = ThrowawayPostgres.start(workshop);
    ThrowawayMuster muster = ThrowawayMuster.start(workshop);
    ClusterPopulation population = new ClusterPopulation(muster, clusters);
    population.create();
    population.awaitOnline();
    CatalogCopy.copy(muster, postgres);

    Contest contest =
        new Contest(
            new Pgbench(workshop, postgres.binaries()), out, given.rounds(5), given.seconds(10));
    String of = " of " + clusters + " clusters";
    for (int count : connections.counts()) {
      Pairing pairing = new Pairing(muster, postgres, Map.of("clusters", (long) clusters), count);
      contest.play(pairing.match("lookup by name" + of, LOOKUP, LOOKUP, Protocol.SIMPLE));
      contest.play(
          pairing.match(
              "lookup by name" + of, LOOKUP_PREPARED, LOOKUP_PREPARED, Protocol.PREPARED));
      contest.play(
          pairing.match(
              "SHOW CLUSTERS' join for one name" + of, JOIN_OF_ONE, JOIN_OF_ONE, Protocol.SIMPLE));
    }
    Pairing alone = new Pairing(muster, postgres, Map.of("clusters", (long) clusters), 1);
    contest.play(
        alone.match("SHOW CLUSTERS' join, all" + of, JOIN_OF_ALL, JOIN_OF_ALL, Protocol.SIMPLE));
    contest.play(
        alone.match(
            "SHOW CLUSTERS itself beside that join, all" + of,
            SHOW_CLUSTERS,
            JOIN_OF_ALL,
            Protocol.SIMPLE));
  }

  /** Both servers under the same conditions. */
  private record Pairing(
      Server muster, Server postgres, Map<String, Long> variables, int connections) {
    Match match(String title, String onMuster, String onPostgres, Protocol protocol) {
      String whole =
          "%s, %s protocol, %d connection%s"
              .formatted(title, protocol.word(), connections, connections == 1 ? "" : "s");
      return new Match(
          whole,
          new Contender("Muster", new Load(muster, onMuster, variables, protocol, connections)),
          List.of(
              new Contender(
                  "PostgreSQL", new Load(postgres, onPostgres, variables, protocol, connections))),
          () -> {});
    }
  }
}

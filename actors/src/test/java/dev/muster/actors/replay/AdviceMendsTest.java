package dev.muster.actors.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.typesafe.config.ConfigFactory;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.catalog.CatalogQueries.Query;
import dev.muster.api.catalog.CatalogQueries.QueryContext;
import dev.muster.api.catalog.HostCatalogue;
import dev.muster.api.catalog.ReplicaObservation.Consumption;
import dev.muster.api.catalog.engine.DuckDbCatalog;
import dev.muster.api.catalog.engine.EngineLimits;
import dev.muster.api.metrics.Metrics;
import dev.muster.api.session.SessionRequest;
import dev.muster.api.session.SqlSession;
import dev.muster.api.sql.session.MusterSqlSessions;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.read.JournalReader;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * Whoever does what an advice says, by SQL through the whole pipeline and the real deciders, is not
 * given it again. One installation has something of everything.
 */
class AdviceMendsTest {
  private static final HostCatalogue ZONES =
      new HostCatalogue(List.of("az1", "az2", "az3"), List.of(), List.of());
  private static final QueryContext CONTEXT =
      new QueryContext("materialize", "materialize", "public", Map.of());

  private final PureMuster muster = new PureMuster();
  private final SqlSession session =
      new MusterSqlSessions(muster, null, Sizes.GRADED, 5, new Metrics().statements())
          .open(
              new SessionRequest(
                  Map.of("user", "materialize"), new InetSocketAddress("127.0.0.1", 5555), false));

  private void run(String text) {
    for (SqlSession.Statement statement : session.parse(text)) {
      session.execute(session.prepare(statement, List.of()), List.of(), notice -> {});
      session.endOfMessage(false);
    }
    muster.settle();
  }

  /** What there is to mend, first first. */
  private List<List<Object>> advice(DuckDbCatalog catalog) {
    Query query =
        catalog.prepare(
            "SELECT advice, cluster_name, statement FROM mz_internal.mz_advice ORDER BY 2, 1",
            List.of(),
            CONTEXT);
    List<List<Object>> rows = new ArrayList<>();
    catalog
        .run(query, List.of(), CONTEXT, muster.snapshot(), stop -> {})
        .forEachRemaining(rows::add);
    return rows;
  }

  private void installSomethingOfEverything() {
    muster.needs(Sizes.GRADED.find("small").orElseThrow().memoryBytes() * 7 / 10);
    run("CREATE CLUSTER alone (SIZE 'medium')");
    run("CREATE CLUSTER hand REPLICAS (r1 (SIZE 'medium'))");
    run("CREATE CLUSTER near (SIZE 'medium', REPLICATION FACTOR 2, AVAILABILITY ZONES ('az1'))");
    run(
        "CREATE CLUSTER pinned REPLICAS (a (SIZE 'medium', AVAILABILITY ZONE 'az2'),"
            + " b (SIZE 'medium', AVAILABILITY ZONE 'az2'))");
    run("CREATE CLUSTER small (SIZE '25cc', REPLICATION FACTOR 2)");
    run("CREATE CLUSTER large (SIZE 'xlarge', REPLICATION FACTOR 2)");
    run("CREATE CLUSTER prod_dev (SIZE 'medium', REPLICATION FACTOR 2)");
    run("CREATE CLUSTER live REPLICAS (r1 (SIZE 'medium'), dev (SIZE 'medium'))");
    run("COMMENT ON CLUSTER live IS 'tier: sources+sinks+compute+serving'");
    run("COMMENT ON CLUSTER large IS 'it''s large; tier: bogus'");
  }

  @Test
  void everyStatementThatMendsMends() {
    List<String> followed = new ArrayList<>();
    try (DuckDbCatalog catalog = open()) {
      installSomethingOfEverything();
      for (List<List<Object>> rows = advice(catalog); !rows.isEmpty(); rows = advice(catalog)) {
        List<Object> first = rows.getFirst();
        String what = first.get(0) + " " + first.get(1);
        assertFalse(followed.contains(what), () -> "again: " + first);
        followed.add(what);
        run(first.get(2).toString());
      }
      muster.observe(
          new Consumption(
              Optional.empty(),
              Optional.empty(),
              Optional.of(1L),
              Optional.of(1_000_000_000L),
              Optional.empty()));
      for (List<Object> row : advice(catalog)) {
        followed.add(row.get(0).toString());
        run(row.get(2).toString());
      }
      assertEquals(List.of(), advice(catalog));
    }
    assertEquals(
        List.of(
            "idle",
            "mixed-use",
            "one-zone",
            "single-replica",
            "size-too-large",
            "size-too-small",
            "sources-not-separate",
            "tier-undeclared",
            "tier-unknown",
            "two-tier"),
        followed.stream().map(what -> what.split(" ")[0]).distinct().sorted().toList());
  }

  /** Advice is of what is, and reads no history. */
  private record NoJournal() implements JournalReader {
    @Override
    public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(
        ClusterId id, long from, long to) {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(long from, long to) {
      return CompletableFuture.completedFuture(List.of());
    }
  }

  private static DuckDbCatalog open() {
    return new DuckDbCatalog(
        Sizes.GRADED, () -> ZONES, new NoJournal(), EngineLimits.load(ConfigFactory.load()));
  }
}

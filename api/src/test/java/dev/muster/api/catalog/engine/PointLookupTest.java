package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogQueries.Query;
import dev.muster.api.session.Column;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.ReplicaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read past the engine is what the engine would have given. */
class PointLookupTest {
  private static final List<String> KEYS =
      List.of("prod", "dev", "gone", "u1", "u2", "u3", "u1-1", "u1-2", "", "x-y", "u1-", "c4");
  private static final List<String> TEMPLATES =
      List.of(
          "SELECT * FROM mz_clusters WHERE name = $1",
          "SELECT id, c.size, c.name AS n FROM mz_catalog.mz_clusters c WHERE c.name = $1",
          "SELECT name, privileges FROM mz_clusters WHERE id = $1 AND name = $2",
          "SELECT introspection_interval, id, id FROM mz_clusters WHERE $1 = id",
          "SELECT managed, availability_zones FROM mz_clusters WHERE name = $1 AND size = '100cc'",
          "SELECT name FROM mz_clusters WHERE name = 'pr' || $1",
          "SELECT name FROM mz_clusters WHERE name = 'u' || $1::text || $2",
          "SELECT * FROM mz_cluster_replicas WHERE id = $1",
          "SELECT r.* FROM mz_cluster_replicas AS r WHERE cluster_id = $1",
          "SELECT r.name FROM mz_cluster_replicas r WHERE cluster_id = $1 AND id = $2",
          "SELECT id FROM mz_cluster_replicas WHERE id = $1 AND availability_zone = 'az1'",
          "SELECT * FROM mz_internal.mz_show_clusters WHERE name = $1",
          "SELECT refresh_hydration_time_estimate FROM mz_internal.mz_cluster_schedules"
              + " WHERE cluster_id = $1",
          "SELECT * FROM mz_internal.mz_cluster_deployment_lineage WHERE cluster_id = $1");

  private static CatalogFixture fixture;
  private static DuckDbCatalog catalog;

  @BeforeAll
  @BeforeContainer
  static void open() {
    if (catalog == null) {
      fixture = ClientQueries.snapshot();
      catalog = Asking.open();
    }
  }

  @AfterAll
  @AfterContainer
  static void close() {
    if (catalog != null) {
      catalog.close();
      catalog = null;
    }
  }

  private static Query query(String sql) {
    return catalog.prepare(sql, List.of(), Asking.CONTEXT);
  }

  private static boolean isLookup(String sql) {
    return assertInstanceOf(PreparedQuery.class, query(sql)).rewritten().lookup().isPresent();
  }

  private static List<List<Object>> rows(String sql, Object... values) {
    Query query = query(sql);
    List<Object> given = Arrays.asList(values).subList(0, query.parameterTypes().size());
    List<List<Object>> rows = new ArrayList<>();
    catalog
        .run(query, given, Asking.CONTEXT, fixture.snapshot(), stop -> {})
        .forEachRemaining(rows::add);
    rows.sort(Comparator.comparing(List::toString));
    return rows;
  }

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void pastTheEngineAsThroughIt(@ForAll long seed) {
    Random random = new Random(seed);
    change(random);
    String sql = TEMPLATES.get(random.nextInt(TEMPLATES.size()));
    String throughEngine = sql + " LIMIT 1000";
    assertEquals(true, isLookup(sql), sql);
    assertEquals(false, isLookup(throughEngine), sql);
    assertEquals(query(throughEngine).columns(), query(sql).columns());
    for (int i = 0; i < 3; i++) {
      String first = random.nextInt(9) == 0 ? null : KEYS.get(random.nextInt(KEYS.size()));
      String second = KEYS.get(random.nextInt(KEYS.size()));
      assertEquals(rows(throughEngine, first, second), rows(sql, first, second), sql + first);
    }
  }

  private static void change(Random random) {
    ClusterId prod = ClusterId.user(1);
    var environment = fixture.store().snapshot().environment().state();
    switch (random.nextInt(4)) {
      case 0 ->
          fixture.cluster(
              prod,
              new ClusterEvent.CommentChanged(
                  Optional.empty(),
                  random.nextBoolean() ? Optional.of("c" + random.nextInt()) : Optional.empty()));
      case 1 -> {
        String name = environment.clusters().get(prod).name();
        String other = name.equals("prod") ? "u5" : "prod";
        fixture.environment(
            new EnvironmentEvent.ClusterNamesChanged(List.of(new NameChange(prod, name, other))));
      }
      case 2 -> {
        ReplicaId first = ReplicaId.of(prod, 1);
        fixture.environment(
            environment.replicaDrops().contains(first)
                ? new EnvironmentEvent.ReplicaDropFinished(List.of(first))
                : new EnvironmentEvent.ReplicaDropStarted(List.of(first)));
      }
      default -> {}
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT name FROM mz_clusters",
        "SELECT name FROM mz_clusters WHERE size = 'x'",
        "SELECT name FROM mz_clusters WHERE name <> 'x'",
        "SELECT name FROM mz_clusters WHERE name = 'x' OR id = 'u1'",
        "SELECT name FROM mz_clusters WHERE NOT name = 'x'",
        "SELECT name FROM mz_clusters WHERE name = id",
        "SELECT DISTINCT name FROM mz_clusters WHERE name = 'x'",
        "SELECT count(*) FROM mz_clusters WHERE name = 'x'",
        "SELECT name FROM mz_clusters WHERE name = 'x' GROUP BY name",
        "SELECT name FROM mz_clusters WHERE name = 'x' LIMIT 0",
        "SELECT name FROM mz_clusters WHERE name = 'x' AND managed = true",
        "SELECT name FROM mz_clusters WHERE name = lower('X')",
        "SELECT lower(name) FROM mz_clusters WHERE name = 'x'",
        "SELECT c.name FROM mz_clusters c, mz_roles WHERE c.name = 'x'",
        "WITH mz_clusters AS (SELECT 'x' AS name) SELECT name FROM mz_clusters WHERE name = 'x'",
        "SELECT b FROM mz_clusters AS c(a, b) WHERE b = 'x'",
        "SELECT name FROM mz_clusters WHERE name = 'x' UNION SELECT 'x'",
        "SELECT id FROM mz_cluster_replicas WHERE cluster_id = 'u1' ORDER BY id DESC",
        "SELECT id FROM mz_internal.mz_internal_cluster_replicas WHERE id = 'u1-1'",
        "SELECT schedule FROM (SELECT type AS schedule FROM mz_internal.mz_cluster_schedules"
            + " WHERE cluster_id = 'u1') AS s"
      })
  void whateverElseIsAskedIsTheEngines(String sql) {
    assertEquals(false, isLookup(sql));
  }

  @Test
  void aLookupNeedsNoEngine() {
    Query query = query("SELECT name FROM mz_clusters WHERE id = $1 ORDER BY name");
    assertEquals("name", query.columns().stream().map(Column::name).findFirst().orElseThrow());
    catalog.close();
    try {
      List<List<Object>> rows = new ArrayList<>();
      catalog
          .run(query, List.of("u2"), Asking.CONTEXT, fixture.snapshot(), stop -> {})
          .forEachRemaining(rows::add);
      assertEquals(List.of(List.of("dev")), rows);
    } finally {
      catalog = null;
      open();
    }
  }
}

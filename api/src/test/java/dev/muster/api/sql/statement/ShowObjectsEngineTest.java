package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogQueries;
import dev.muster.api.catalog.CatalogQueries.QueryContext;
import dev.muster.api.catalog.engine.DuckDbCatalog;
import dev.muster.api.catalog.engine.EngineLimits;
import dev.muster.api.session.Column;
import dev.muster.api.sql.FakeMuster;
import dev.muster.api.sql.parse.SqlParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code SHOW CLUSTERS} and its like, answered by the real engine. An engine follows one store, so
 * that all tests share one: cluster {@code c} with replicas, beside the two that are always there.
 */
class ShowObjectsEngineTest {
  private static final FakeMuster MUSTER = new FakeMuster();
  private static CatalogQueries engine;
  private List<Column> columns = List.of();

  @BeforeAll
  static void open() {
    MUSTER.unmanaged("c", "materialize", "r2", "r1", "s");
    engine =
        new DuckDbCatalog(
            CatalogFixture.SIZES,
            CatalogFixture.EMPTY_JOURNAL,
            EngineLimits.load(ConfigFactory.load()));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private List<List<Object>> rows(String sql) {
    Executable executable = Statements.of(SqlParser.parse(sql).getFirst().tree());
    String query = ((CatalogQuery) executable).sql(null);
    QueryContext context = new QueryContext("materialize", "materialize", "public", Map.of());
    CatalogQueries.Query prepared = engine.prepare(query, List.of(), context);
    columns = prepared.columns();
    List<List<Object>> rows = new ArrayList<>();
    engine
        .run(prepared, List.of(), context, MUSTER.catalog().toCompletableFuture().join(), s -> {})
        .forEachRemaining(rows::add);
    return rows;
  }

  private List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  @Test
  void clustersWithTheirReplicas() {
    List<List<Object>> rows = rows("SHOW CLUSTERS");
    assertEquals(List.of("name", "replicas", "comment", "target"), columnNames());
    assertEquals(
        List.of(
            Arrays.asList("c", "r1 (small), r2 (small), s (small)", "", null),
            Arrays.asList("mz_system", null, "", null),
            Arrays.asList("quickstart", null, "", null)),
        rows);
  }

  @Test
  void likeAndWhereNarrow() {
    assertEquals(
        List.of(Arrays.asList("quickstart", null, "", null)), rows("SHOW CLUSTERS LIKE 'q%'"));
    assertEquals(
        List.of(Arrays.asList("c", "r1 (small), r2 (small), s (small)", "", null)),
        rows("SHOW CLUSTERS WHERE name = 'c' AND replicas IS NOT NULL"));
  }

  @Test
  void clusterReplicas() {
    List<List<Object>> rows = rows("SHOW CLUSTER REPLICAS LIKE 'r%'");
    assertEquals(List.of("cluster", "replica", "size", "ready", "comment"), columnNames());
    assertEquals(
        List.of(List.of("c", "r1", "small", false, ""), List.of("c", "r2", "small", false, "")),
        rows);
  }

  @Test
  void roles() {
    assertEquals(
        List.of("joe", "materialize", "mz_support", "mz_system"),
        rows("SHOW ROLES").stream().map(List::getFirst).toList());
  }

  @Test
  void aShowMayStandInAQuery() {
    assertEquals(
        List.of(List.of("c")),
        rows("SELECT name FROM (SHOW CLUSTERS) AS s WHERE name NOT LIKE '%s%'"));
  }
}

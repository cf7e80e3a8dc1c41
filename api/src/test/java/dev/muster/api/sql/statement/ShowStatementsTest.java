package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogQueries;
import dev.muster.api.catalog.CatalogQueries.QueryContext;
import dev.muster.api.catalog.engine.DuckDbCatalog;
import dev.muster.api.catalog.engine.EngineLimits;
import dev.muster.api.session.Column;
import dev.muster.api.size.SizeCatalogues;
import dev.muster.api.sql.FakeMuster;
import dev.muster.api.sql.Talk;
import dev.muster.api.sql.parse.SqlParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code SHOW CLUSTERS} and its like, answered by the real engine. */
final class ShowStatementsTest {
  private static CatalogQueries engine;

  @BeforeAll
  static void open() {
    engine =
        new DuckDbCatalog(
            SizeCatalogues.load(ConfigFactory.load()), EngineLimits.load(ConfigFactory.load()));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private final FakeMuster muster = new FakeMuster();
  private List<Column> columns = List.of();

  private List<List<Object>> rows(String sql) {
    Executable executable = Statements.of(SqlParser.parse(sql).getFirst().tree());
    String query = ((CatalogQuery) executable).sql(null);
    QueryContext context = new QueryContext("materialize", "materialize", "public", Map.of());
    CatalogQueries.Query prepared = engine.prepare(query, List.of(), context);
    columns = prepared.columns();
    List<List<Object>> rows = new ArrayList<>();
    engine
        .run(prepared, List.of(), context, muster.catalog().toCompletableFuture().join(), s -> {})
        .forEachRemaining(rows::add);
    return rows;
  }

  private List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  @Test
  void clustersWithTheirReplicas() {
    muster.unmanaged("c", "materialize", "r2", "r1");
    List<List<Object>> rows = rows("SHOW CLUSTERS");
    assertEquals(List.of("name", "replicas", "comment"), columnNames());
    assertEquals(
        List.of(
            List.of("c", "r1 (small), r2 (small)", ""),
            Arrays.asList("mz_system", null, ""),
            Arrays.asList("quickstart", null, "")),
        rows);
  }

  @Test
  void likeAndWhereNarrow() {
    muster.unmanaged("c", "materialize", "r1");
    assertEquals(List.of(Arrays.asList("quickstart", null, "")), rows("SHOW CLUSTERS LIKE 'q%'"));
    assertEquals(
        List.of(List.of("c", "r1 (small)", "")),
        rows("SHOW CLUSTERS WHERE name = 'c' AND replicas IS NOT NULL"));
  }

  @Test
  void clusterReplicas() {
    muster.unmanaged("c", "materialize", "r1", "s");
    List<List<Object>> rows = rows("SHOW CLUSTER REPLICAS LIKE 'r%'");
    assertEquals(List.of("cluster", "replica", "size", "ready", "comment"), columnNames());
    assertEquals(List.of(List.of("c", "r1", "small", false, "")), rows);
  }

  @Test
  void roles() {
    assertEquals(
        List.of("joe", "materialize", "mz_support", "mz_system"),
        rows("SHOW ROLES").stream().map(List::getFirst).toList());
  }

  @Test
  void aShowMayStandInAQuery() {
    muster.unmanaged("c", "materialize", "r1");
    assertEquals(
        List.of(List.of("c")),
        rows("SELECT name FROM (SHOW CLUSTERS) AS s WHERE name NOT LIKE '%s%'"));
  }

  @Test
  void variablesMayToo() {
    Talk talk = new Talk();
    String sql = talk.value("SELECT * FROM (SHOW cluster)");
    assertEquals(
        "SELECT * FROM (SELECT * FROM (VALUES ('quickstart'::text)) AS report (\"cluster\"))", sql);
    assertTrue(talk.value("SELECT * FROM (SHOW ALL)").contains("('cluster'::text"));
  }

  @Test
  void conditionsMustHoldTogether() {
    var error = new Talk().fails("SHOW TABLES");
    assertEquals("SHOW TABLES is not supported yet", error.message());
    assertEquals("0A000", error.sqlState());
  }
}

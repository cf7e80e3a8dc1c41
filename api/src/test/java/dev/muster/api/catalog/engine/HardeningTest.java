package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogQueries.Query;
import dev.muster.api.catalog.HostCatalogue;
import dev.muster.api.catalog.relation.Relations;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing but reading the catalog can be done with SQL, and no query harms another. */
class HardeningTest {
  private static final CatalogFixture FIXTURE = new CatalogFixture();
  private static final String CROSS =
      "SELECT count(*) FROM generate_series(1, 10000000) a, generate_series(1, 10000000) b"
          + " WHERE a.a + b.b = -1";

  private static final String HUGE =
      "SELECT a.a, b.b FROM generate_series(1, 100000) a, generate_series(1, 10000) b";

  /** Little memory, so that it is soon used up. */
  private static final EngineLimits LIMITS =
      new EngineLimits(
          64L << 20, 2, 4, Duration.ofSeconds(1), 12, Duration.ofSeconds(10), 4L << 20, 16L << 20);

  private static DuckDbCatalog catalog;
  private static Asking ask;

  @BeforeAll
  static void open() {
    FIXTURE.managed("prod", "25cc", 1);
    catalog = new DuckDbCatalog(CatalogFixture.SIZES, CatalogFixture.EMPTY_JOURNAL, LIMITS);
    ask = new Asking(catalog);
  }

  @AfterAll
  static void close() {
    catalog.close();
  }

  private static SqlMessage refused(String sql, Object... parameters) {
    return assertThrows(
            SqlException.class, () -> ask.rows(FIXTURE.snapshot(), sql, parameters), sql)
        .sqlMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM read_parquet('x')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_tables()",
        "SELECT * FROM pragma_version()",
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM query_table('base.role')",
        "SELECT * FROM enable_logging()",
        "SELECT * FROM json_execute_serialized_sql('{}')",
        "SELECT getenv('HOME')",
        "SELECT getvariable('x')",
        "SELECT write_log('x')",
        "SELECT sleep_ms(100000)",
        "SELECT pg_sleep(100)",
        "SELECT nextval('x')",
        "SELECT json_serialize_plan('SELECT 1')",
        "SELECT (SELECT max(content) FROM read_text('/etc/passwd'))",
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM read_text('/etc/passwd'))",
        "WITH x AS (SELECT * FROM read_text('/etc/passwd')) SELECT 1 FROM x",
        "SELECT 1 ORDER BY (SELECT count(*) FROM read_text('/etc/passwd'))",
        "SELECT count(*) OVER (PARTITION BY getenv('HOME'))",
        "SELECT 1 LIMIT (SELECT count(*) FROM read_text('/etc/passwd'))",
        "VALUES ((SELECT count(*) FROM read_text('/etc/passwd')))",
        "SELECT list_transform([1], lambda x: getenv('HOME'))",
        "SELECT fn.privilege('r')",
        "SELECT main.getenv('HOME')",
        "SELECT system.main.getenv('HOME')"
      })
  void functionsThatReachOutsideDoNotExist(String sql) {
    assertEquals("42883", refused(sql).sqlState());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM \"/etc/passwd\"",
        "SELECT * FROM 'http://localhost/x.csv'",
        "SELECT * FROM base.role",
        "SELECT * FROM catalog_pg.pg_class",
        "SELECT * FROM memory.base.role",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM duckdb_settings",
        "SELECT * FROM system.main.duckdb_settings"
      })
  void relationsThatAreNotInTheCatalogDoNotExist(String sql) {
    assertTrue(List.of("42P01", "3D000").contains(refused(sql).sqlState()), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY (SELECT 1) TO '/tmp/x'",
        "ATTACH '/tmp/x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "PRAGMA version",
        "SET memory_limit = '10GB'",
        "RESET memory_limit",
        "CREATE TABLE x (i INT)",
        "CREATE MACRO x() AS 1",
        "DROP VIEW mz_catalog.mz_clusters",
        "INSERT INTO base.role VALUES ('x')",
        "DELETE FROM base.role",
        "UPDATE base.role SET superuser = true",
        "EXPLAIN SELECT 1",
        "CALL duckdb_settings()",
        "DESCRIBE mz_clusters",
        "SUMMARIZE mz_clusters",
        "SHOW TABLES",
        "SELECT * FROM (DESCRIBE mz_clusters)",
        "SELECT * FROM (SHOW TABLES)",
        "EXPORT DATABASE '/tmp/x'",
        "CHECKPOINT",
        "BEGIN",
        "FROM mz_clusters PIVOT (count(*) FOR size IN ('1'))",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE base.role",
        ""
      })
  void onlyOneQueryIsTaken(String sql) {
    assertTrue(List.of("0A000", "42601").contains(refused(sql).sqlState()), sql);
    assertFalse(ask.rows(FIXTURE.snapshot(), "SELECT * FROM mz_roles").isEmpty());
  }

  @Test
  void theEngineItselfIsLocked() {
    try (EnginePool pool =
        new EnginePool(
            LIMITS,
            () ->
                Engine.open(
                    new Relations(),
                    CatalogFixture.SIZES,
                    HostCatalogue.EMPTY,
                    LIMITS,
                    Optional.empty()))) {
      for (String sql :
          List.of(
              "SELECT * FROM read_text('/etc/passwd')",
              "COPY (SELECT 1) TO '/tmp/muster-must-not-be'",
              "ATTACH '/tmp/muster-must-not-be.db'",
              "INSTALL httpfs",
              "SET memory_limit = '10GB'",
              "SET enable_external_access = true",
              "SET lock_configuration = false")) {
        assertThrows(
            SqlException.class,
            () ->
                pool.call(
                    connection -> {
                      try (var statement = connection.connection().createStatement()) {
                        return statement.execute(sql);
                      }
                    }),
            sql);
      }
    }
  }

  @Test
  void aRunawayQueryCanBeCanceled() throws Exception {
    Query query = catalog.prepare(CROSS, List.of(), Asking.CONTEXT);
    CompletableFuture<Runnable> stop = new CompletableFuture<>();
    CompletableFuture<SqlException> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                catalog.run(query, List.of(), Asking.CONTEXT, FIXTURE.snapshot(), stop::complete);
                outcome.complete(null);
              } catch (SqlException e) {
                outcome.complete(e);
              }
            });
    stop.get().run();
    assertEquals("57014", outcome.get().sqlMessage().sqlState());
  }

  @Test
  void canceledQueriesLeaveTheirConnectionsUsable() throws Exception {
    Query query = catalog.prepare(CROSS, List.of(), Asking.CONTEXT);
    int many = 8;
    CountDownLatch ended = new CountDownLatch(many);
    for (int i = 0; i < many; i++) {
      CompletableFuture<Runnable> stop = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  catalog.run(query, List.of(), Asking.CONTEXT, FIXTURE.snapshot(), stop::complete);
                } catch (SqlException e) {
                  ended.countDown();
                }
              });
      stop.get().run();
    }
    ended.await();
    for (int i = 0; i < many; i++) {
      assertEquals(1, ask.rows(FIXTURE.snapshot(), "SELECT 1").size());
    }
  }

  @Test
  void memoryIsBounded() {
    assertEquals(
        "53200",
        refused(
                "SELECT array_agg(a.a || '-' || b.b) FROM generate_series(1, 100000) a,"
                    + " generate_series(1, 10000) b")
            .sqlState());
    assertFalse(ask.rows(FIXTURE.snapshot(), "SELECT * FROM mz_clusters").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM generate_series(1, 9000000) a JOIN generate_series(1, 9000000) b"
            + " ON a.a = b.b",
        "SELECT a.a FROM generate_series(1, 90000000) a ORDER BY -a.a",
        "SELECT count(DISTINCT a.a) FROM generate_series(1, 90000000) a",
        "SELECT max(r) FROM (SELECT row_number() OVER (ORDER BY -a.a) AS r"
            + " FROM generate_series(1, 90000000) a)",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t, generate_series(1, 9))"
            + " SELECT count(*) FROM t"
      })
  void whatAQueryKeepsMeanwhileIsBounded(String sql) {
    SqlMessage refused = refused(sql);
    assertEquals("53200", refused.sqlState());
    assertEquals("the query needs more memory than the catalog may use", refused.message());
    assertServing();
  }

  private static void assertServing() {
    assertFalse(ask.rows(FIXTURE.snapshot(), "SELECT * FROM mz_clusters").isEmpty());
  }

  @Test
  void theSizeOfAResultIsBounded() {
    assertEquals(
        "53200",
        refused("SELECT a.a, b.b FROM generate_series(1, 1000) a, generate_series(1, 1000) b")
            .sqlState());
  }

  /** It would take 16 GB if its rows were gathered. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        HUGE,
        "SELECT repeated, b.b FROM (SELECT string_agg('x', '') AS repeated"
            + " FROM generate_series(1, 50000)), generate_series(1, 100000) b",
        "SELECT items, b.b FROM (SELECT array_agg(a.a) AS items"
            + " FROM generate_series(1, 10000) a), generate_series(1, 100000) b",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n FROM t",
      })
  void aResultThatIsTooLargeEndsBeforeItIsGathered(String sql) {
    SqlMessage refused = refused(sql);
    assertEquals("53200", refused.sqlState());
    assertEquals("the result is larger than the catalog may return", refused.message());
    assertTrue(refused.hint().orElseThrow().contains("LIMIT"));
    assertServing();
  }

  @Test
  void manyResultsThatAreTooLargeEndEach() throws Exception {
    List<CompletableFuture<SqlMessage>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      CompletableFuture<SqlMessage> one = new CompletableFuture<>();
      all.add(one);
      Thread.ofVirtual().start(() -> one.completeAsync(() -> refused(HUGE)));
    }
    for (CompletableFuture<SqlMessage> one : all) {
      assertEquals("53200", one.get().sqlState());
    }
    assertServing();
  }

  @Test
  void whatGoesWrongInALateRowIsTold() {
    assertEquals(
        "22P02",
        refused(
                "SELECT (CASE WHEN a.a = 30000 THEN 'x' ELSE '1' END)::int4"
                    + " FROM generate_series(1, 40000) a")
            .sqlState());
    assertEquals(
        40_000, ask.rows(FIXTURE.snapshot(), "SELECT * FROM generate_series(1, 40000)").size());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2048, 2049, 10_000})
  void allRowsComeInTheirOrderHoweverManyThereAre(long many) {
    List<List<Object>> expected =
        LongStream.rangeClosed(1, many).mapToObj(i -> List.<Object>of(many + 1 - i, i)).toList();
    assertEquals(
        expected,
        ask.rows(
            FIXTURE.snapshot(),
            "SELECT a.a AS same, %d - a.a AS same FROM generate_series(1, %d) a ORDER BY a.a DESC"
                .formatted(many + 1, many)));
  }

  /** Each is small enough, and nobody fetches them. */
  @Test
  void allResultsTogetherAreBounded() throws Exception {
    Query query =
        catalog.prepare("SELECT * FROM generate_series(1, 40000)", List.of(), Asking.CONTEXT);
    Deque<AutoCloseable> held = new ArrayDeque<>();
    SqlException refused =
        assertThrows(
            SqlException.class,
            () -> {
              while (held.size() < 9) {
                held.add((AutoCloseable) run(query));
              }
            });
    assertEquals("53200", refused.sqlMessage().sqlState());
    assertEquals("too much memory is taken by results", refused.sqlMessage().message());
    assertTrue(held.size() > 1, () -> held.size() + " at once");
    held.pop().close();
    Iterator<List<Object>> last = run(query);
    last.forEachRemaining(row -> {});
    last = run(query);
    while (!held.isEmpty()) {
      held.pop().close();
    }
    last.forEachRemaining(row -> {});
  }

  private static Iterator<List<Object>> run(Query query) {
    return catalog.run(query, List.of(), Asking.CONTEXT, FIXTURE.snapshot(), stop -> {});
  }

  @Test
  void depthIsBounded() {
    String deep = "SELECT " + "(".repeat(5000) + "1" + ")".repeat(5000);
    String state = refused(deep).sqlState();
    assertTrue(List.of("54001", "42601").contains(state), state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT * FROM nope; 42P01; unknown catalog item 'nope'",
        "SELECT * FROM mz_internal.nope; 42P01; unknown catalog item 'mz_internal.nope'",
        "SELECT * FROM nope.mz_clusters; 42P01; unknown catalog item 'nope.mz_clusters'",
        "SELECT nope FROM mz_clusters; 42703; column \"nope\" does not exist",
        "SELECT c.nope FROM mz_clusters c; 42703; column \"c.nope\" does not exist",
        "SELECT x.id FROM mz_clusters c; 42P01; missing FROM-clause entry for table \"x\"",
        "SELECT id FROM mz_clusters a, mz_clusters b; 42702; column reference \"id\" is ambiguous",
        "SELECT nope(1); 42883; function \"nope\" does not exist",
        "SELECT 1::nope; 42704; type \"nope\" does not exist",
        "SELECT 'a' COLLATE \"de\"; 42704; collation \"de\" does not exist",
        "SELECT 1 / 0; 22012; division by zero",
        "SELECT 'nope'::regclass; 42P01; relation \"nope\" does not exist",
        "SELECT FROM WHERE; 42601; syntax error at or near \"WHERE\"",
        "SELECT current_setting('nope'); 42704; unrecognized configuration parameter \"nope\"",
        "SELECT '{a'::text[]; 22P02; malformed array literal: \"{a\"",
        "CREATE TABLE x (i INT); 0A000; this statement is not supported"
      })
  void mistakesAreToldAsPostgresDoes(String sql, String state, String message) {
    SqlMessage refused = refused(sql);
    assertEquals(state, refused.sqlState());
    assertEquals(message, refused.message());
  }

  @Test
  void noErrorSpeaksOfTheEngine() {
    for (String sql :
        List.of(
            "SELECT 'a'::int",
            "SELECT id + 1 FROM mz_clusters",
            "SELECT count(*), id FROM mz_clusters",
            "SELECT 1 UNION SELECT 1, 2",
            "SELECT lower(1, 2, 3)",
            "SELECT 99999999999999::int4")) {
      String text = refused(sql).message();
      for (String jargon : List.of("DuckDB", "Binder", "Catalog Error", "{\"", "VARCHAR", "\n")) {
        assertFalse(text.contains(jargon), text);
      }
    }
  }

  @Test
  void anUnknownRelationIsPointedAt() {
    assertEquals(15, refused("SELECT 1 FROM  nope").position().orElseThrow() - 1);
  }
}

package dev.muster.replicad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundled workload as a process. */
final class ReplicadTest {
  private static final Pattern TIMES =
      Pattern.compile(
          "\"startedAt\": \"[0-9T:.-]+Z\", \"hydratedAt\": \"[0-9T:.-]+Z\","
              + " \"elapsedMillis\": [1-9][0-9]*");

  @TempDir Path directory;

  private static String times(String hydration) {
    Matcher matcher = TIMES.matcher(hydration);
    assertTrue(matcher.find(), hydration);
    return matcher.group();
  }

  @Test
  void itHydratesItsBuiltInDataAndServesIt() throws Exception {
    try (ReplicadProcess replica = ReplicadProcess.start(directory, List.of())) {
      replica.awaitHydrated();
      assertEquals(200, replica.ask("/livez").statusCode());
      String hydration = replica.ask("/hydration").body();
      assertTrue(hydration.contains("\"objectsDone\": 4, \"objectsTotal\": 4"), hydration);
      assertTrue(hydration.contains("\"replicaId\": \"u1-1\""), hydration);
      assertTrue(hydration.contains("\"hydrated\": true, \"error\": null"), hydration);
      assertEquals(times(hydration), times(replica.ask("/hydration").body()), "it goes on");
      assertEquals(
          "{\"columns\": [\"customers\"], \"rows\": [[1000]], \"cut\": false}",
          replica.query("SELECT count(*) AS customers FROM customers").body().strip());
    }
  }

  @Test
  void aScriptMayReadCsvParquetAndJsonBesideIt() throws Exception {
    Files.writeString(directory.resolve("a.csv"), "id,name\n1,one\n2,two\n");
    Files.writeString(directory.resolve("b.json"), "{\"id\": 2, \"tags\": [\"x\", \"y\"]}\n");
    String script =
        """
        -- Parquet is written first, to have some; then all three are read by relative names.
        COPY (SELECT 2 AS id, 2.5::DOUBLE AS weight) TO '%s/c.parquet' (FORMAT parquet);
        CREATE TABLE a AS FROM read_csv('a.csv');
        CREATE TABLE b AS FROM read_json('b.json');
        CREATE TABLE c AS FROM read_parquet('c.parquet');
        """
            .formatted(directory);
    try (ReplicadProcess replica = ReplicadProcess.start(directory, script)) {
      replica.awaitHydrated();
      assertEquals(
          "{\"columns\": [\"name\", \"tag\", \"weight\"], \"rows\": [[\"two\", \"y\", 2.5]],"
              + " \"cut\": false}",
          replica
              .query(
                  "SELECT a.name, b.tags[2] AS tag, c.weight FROM a JOIN b USING (id) JOIN c USING"
                      + " (id)")
              .body()
              .strip());
    }
  }

  @Test
  void untilItHasHydratedItIsLiveButNotReadyAndTellsItsProgress() throws Exception {
    // The second statement takes for ever.
    String script =
        """
        CREATE TABLE first AS SELECT 1 AS one;
        CREATE TABLE second AS
          SELECT count(*) AS n FROM range(10000000) a, range(10000000) b WHERE a.range * b.range = 7;
        """;
    try (ReplicadProcess replica = ReplicadProcess.start(directory, script)) {
      assertEquals(200, replica.ask("/livez").statusCode());
      String hydration = replica.ask("/hydration").body();
      long endNanos = System.nanoTime() + 60_000_000_000L;
      while (!hydration.contains("\"objectsDone\": 1, \"objectsTotal\": 2")
          && System.nanoTime() < endNanos) {
        hydration = replica.ask("/hydration").body();
      }
      assertTrue(hydration.contains("\"objectsDone\": 1, \"objectsTotal\": 2"), hydration);
      assertTrue(hydration.contains("\"hydrated\": false"), hydration);
      assertTrue(hydration.contains("\"hydratedAt\": null"), hydration);
      assertEquals(503, replica.ask("/readyz").statusCode());
      assertEquals(503, replica.query("SELECT 1").statusCode());
      // And it stops all the same.
      replica.terminate();
      assertEquals(143, replica.exitCode());
    }
  }

  @Test
  void aScriptThatFailsEndsItWithAClearLineAndItsOwnExitCode() throws Exception {
    try (ReplicadProcess replica =
        ReplicadProcess.start(directory, "CREATE TABLE a AS SELECT 1; SELECT * FROM nowhere;")) {
      assertEquals(Replicad.SCRIPT_FAILED, replica.exitCode());
      assertTrue(replica.output().contains("hydration failed: statement 2 of 2"), replica.output());
      assertFalse(replica.output().contains("\tat "), replica.output());
    }
  }

  @Test
  void aScriptThatIsNotThereEndsItWithAClearLine() throws Exception {
    try (ReplicadProcess replica =
        ReplicadProcess.start(
            directory, List.of("MUSTER_HYDRATION_SCRIPT=" + directory.resolve("none.sql")))) {
      assertEquals(Replicad.SCRIPT_FAILED, replica.exitCode());
      assertTrue(replica.output().contains("cannot read the hydration script"), replica.output());
    }
  }

  @Test
  void moreDataThanMemoryEndsItAsOutOfMemory() throws Exception {
    try (ReplicadProcess replica =
        ReplicadProcess.start(
            directory,
            "CREATE TABLE big AS SELECT hash(i) AS h, hash(i * 3) AS k, uuid() AS u"
                + " FROM range(20000000) AS r(i);")) {
      assertEquals(Replicad.OUT_OF_MEMORY, replica.exitCode());
      assertTrue(replica.output().contains("out of memory"), replica.output());
    }
  }

  @Test
  void aSettingThatIsNoNumberEndsItWithAClearLine() throws Exception {
    try (ReplicadProcess replica =
        ReplicadProcess.start(directory, List.of("MUSTER_HTTP_PORT=many"))) {
      assertEquals(Replicad.CANNOT_START, replica.exitCode());
      assertTrue(
          replica.output().contains("MUSTER_HTTP_PORT is not a number: many"), replica.output());
    }
  }

  @Test
  void sigtermStopsIt() throws Exception {
    try (ReplicadProcess replica = ReplicadProcess.start(directory, List.of())) {
      replica.awaitHydrated();
      replica.terminate();
      assertEquals(143, replica.exitCode());
      assertTrue(replica.output().contains("stopping"), replica.output());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE x (i int)",
        "DELETE FROM orders",
        "SELECT 1; DROP TABLE orders",
        "COPY orders TO 'x.csv'",
        "ATTACH ':memory:' AS other",
        "SET enable_external_access = true",
        "SELECT * FROM read_csv('/etc/passwd')",
        "EXPLAIN ANALYZE DELETE FROM orders",
        "WITH gone AS (SELECT 1) DELETE FROM orders",
        ""
      })
  void queriesChangeNothingAndReadNoFiles(String sql) throws Exception {
    try (Engine engine = hydrated()) {
      assertThrows(SQLException.class, () -> engine.query(sql));
      assertEquals(List.of(List.of(50_000L)), engine.query("SELECT count(*) FROM orders").rows());
    }
  }

  @Test
  void whatAQueryReturnsBeyondTheBoundIsCut() throws Exception {
    try (Engine engine = hydrated()) {
      Engine.Rows rows = engine.query("/* all */ SELECT id FROM orders");
      assertTrue(rows.cut());
      assertEquals(10_000, rows.rows().size());
    }
  }

  private static Engine hydrated() throws Exception {
    Engine engine = Engine.open(ReplicadSettings.of(Map.of()));
    engine.hydrate(HydrationScript.of(Optional.empty()), new Progress("u1-1"));
    return engine;
  }

  @Test
  void manyReplicasShareOneCopyOfTheNativeLibrary() throws Exception {
    try (ReplicadProcess first = ReplicadProcess.start(directory, List.of());
        ReplicadProcess second = ReplicadProcess.start(directory, List.of())) {
      first.awaitHydrated();
      second.awaitHydrated();
      assertEquals(first.nativeLibrary(), second.nativeLibrary());
    }
  }
}

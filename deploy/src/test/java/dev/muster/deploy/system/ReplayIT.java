package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code muster replay} and {@code muster audit verify}, beside a Muster that runs. */
class ReplayIT {
  @RegisterExtension static final Harness HARNESS = new Harness();

  private static RunningMuster muster;
  private static Instant before;
  private static Instant after;

  @BeforeAll
  static void aBadEvening() throws SQLException {
    muster = HARNESS.aMuster().withRuntime("simulated").start();
    muster.sql("CREATE CLUSTER prod (SIZE = '25cc', REPLICATION FACTOR = 2)");
    muster.sql("COMMENT ON CLUSTER prod IS 'do not touch'");
    muster.sql("CREATE CLUSTER gone (SIZE = '25cc', REPLICATION FACTOR = 1)");
    muster.awaitServing("prod");
    before = aMomentOfItsOwn();
    muster.sql("ALTER CLUSTER prod SET (SIZE = '50cc')");
    muster.sql("ALTER CLUSTER prod RENAME TO prod2");
    muster.sql("DROP CLUSTER gone");
    muster.sql("CREATE CLUSTER experiment (SIZE = '25cc', REPLICATION FACTOR = 0)");
    after = aMomentOfItsOwn();
  }

  /** No event of before or after has the same millisecond. */
  private static Instant aMomentOfItsOwn() {
    awaitNextMillisecond();
    Instant moment = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    awaitNextMillisecond();
    return moment;
  }

  private static void awaitNextMillisecond() {
    long now = System.currentTimeMillis();
    while (System.currentTimeMillis() == now) {
      Thread.onSpinWait();
    }
  }

  private static Program.Result replay(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("replay", "--data-dir", muster.dataDirectory().toString()));
    all.addAll(List.of(arguments));
    return Program.run(Distribution.command(all), Map.of(), "");
  }

  private static JsonNode json(String... arguments) throws Exception {
    return new ObjectMapper().readTree(replay(arguments).succeeded().output());
  }

  @Test
  void theStateOfAMomentIsToldAndTheScriptThatRebuildsIt() throws Exception {
    JsonNode state = json("--until", before.toString(), "--cluster", "prod");
    JsonNode prod = state.get("clusters").get(0);
    assertEquals(1, state.get("clusters").size());
    assertEquals("25cc", prod.get("size").textValue());
    assertEquals("do not touch", prod.get("comment").textValue());
    assertEquals(2, prod.get("replicas").size());
    assertEquals("online", prod.get("replicas").get(0).get("status").textValue());
    assertTrue(state.get("rebuild_sql").textValue().contains("CREATE CLUSTER \"prod\" ("));
    String script = replay("--until", before.toString(), "--format", "sql").succeeded().output();
    assertTrue(script.contains("CREATE CLUSTER \"gone\" ("), script);
  }

  @Test
  void whatChangedIsToldWithWhoDidItAndHow() throws Exception {
    JsonNode clusters = json("--diff", before.toString(), after.toString()).get("clusters");
    List<String> fates = new ArrayList<>();
    clusters.forEach(
        one -> fates.add(one.get("name").textValue() + " " + one.get("fate").textValue()));
    assertEquals(List.of("prod2 changed", "gone dropped", "experiment created"), fates);
    JsonNode prod = clusters.get(0);
    List<String> changes = new ArrayList<>();
    prod.get("changes")
        .forEach(
            one ->
                changes.add(
                    one.get("what").textValue() + " " + one.get("old") + " " + one.get("new")));
    assertTrue(changes.contains("size \"25cc\" \"50cc\""), changes.toString());
    assertTrue(changes.contains("name \"prod\" \"prod2\""), changes.toString());
    assertEquals("materialize", prod.get("events").get(0).get("user").textValue());
    assertTrue(
        prod.get("events").toString().contains("ALTER CLUSTER prod SET (SIZE = '50cc')"),
        prod.get("events").toString());
  }

  @Test
  void theScriptBackUndoesABadEvening() throws Exception {
    String script = replay("--sql-to", before.toString()).succeeded().output();
    muster.psql(script, "-q", "-v", "ON_ERROR_STOP=1");
    assertEquals(
        List.of("gone|25cc|1", "prod|25cc|2"),
        muster.sql(
            "SELECT name || '|' || size || '|' || replication_factor FROM mz_clusters"
                + " WHERE name IN ('prod', 'prod2', 'gone', 'experiment') ORDER BY name"));
    assertEquals("", replay("--sql-to", before.toString()).succeeded().output());
  }

  @Test
  void aTimeBeforeTheBeginningIsOneClearLine() {
    Program.Result refused = replay("--until", "2020-01-01T00:00:00Z");
    assertNotEquals(0, refused.exitCode());
    assertTrue(
        refused.error().startsWith("muster: there is nothing yet at 2020-01-01T00:00:00Z: the"),
        refused.error());
    assertEquals(1, refused.error().lines().count(), refused.error());
  }

  private static Program.Result verify(Path dataDirectory) {
    return Program.run(
        Distribution.command(List.of("audit", "verify", "--data-dir", dataDirectory.toString())),
        Map.of(),
        "");
  }

  @Test
  void theJournalIsGoodAndEqualToWhatRuns() {
    String told = verify(muster.dataDirectory()).succeeded().output();
    assertTrue(told.contains("verdict      good"), told);
    assertTrue(told.matches("(?s).*live +[0-9]+ states compared.*"), told);
  }

  @Test
  void anEventThatWasChangedInACopyIsNamed(@TempDir Path copy) throws Exception {
    String file = muster.dataDirectory().resolve("journal.db").toString();
    Path tampered = copy.resolve("journal.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM INTO '" + tampered + "'");
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + tampered);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE event_journal SET event_payload = CAST(replace(CAST(event_payload AS TEXT),"
              + " 'do not touch', 'do as you like') AS BLOB)"
              + " WHERE event_ser_manifest LIKE 'cluster.comment-changed:%'");
    }
    Program.Result found = verify(copy);
    assertEquals(1, found.exitCode());
    assertTrue(found.output().contains("verdict      BAD: 1 found"), found.output());
    assertTrue(
        found.output().matches("(?s).*event [0-9]+ of cluster.u[0-9]+ .* is not what was.*"),
        found.output());
  }

  /** A clean stop journals how far each cluster's events go: none can be cut off unnoticed. */
  @Test
  void anEventThatIsCutOffAfterACleanStopIsNamed() throws Exception {
    RunningMuster other = HARNESS.aMuster().withRuntime("simulated").start();
    other.sql("CREATE CLUSTER prod (SIZE = '25cc', REPLICATION FACTOR = 0)");
    other.sql("COMMENT ON CLUSTER prod IS 'the last word'");
    assertEquals(0, other.terminate());
    String whole = verify(other.dataDirectory()).succeeded().output();
    assertTrue(whole.contains("verdict      good"), whole);
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + other.dataDirectory().resolve("journal.db"));
        Statement statement = connection.createStatement()) {
      assertEquals(
          1,
          statement.executeUpdate(
              "DELETE FROM event_journal"
                  + " WHERE event_ser_manifest LIKE 'cluster.comment-changed:%'"));
    }
    Program.Result found = verify(other.dataDirectory());
    assertEquals(1, found.exitCode());
    assertTrue(found.output().contains("verdict      BAD"), found.output());
    assertTrue(found.output().contains(" is missing from the end: "), found.output());
  }

  /** Its statement is three: psql sends them as one message. */
  @Test
  void theAdviceToSeparateSourcesIsFollowedByOneMessage() throws SQLException {
    muster.sql("CREATE CLUSTER crowded (SIZE = '25cc', REPLICATION FACTOR = 0)");
    muster.sql("COMMENT ON CLUSTER crowded IS 'tier: sources+compute+serving'");
    String advice =
        "FROM mz_internal.mz_advice WHERE advice = 'sources-not-separate'"
            + " AND cluster_name = 'crowded'";
    List<String> statements = muster.sql("SELECT statement " + advice);
    assertEquals(1, statements.size());
    assertEquals(3, statements.getFirst().split(";").length, statements.getFirst());
    muster.psql("", "-q", "-v", "ON_ERROR_STOP=1", "-c", statements.getFirst());
    assertEquals(List.of("0"), muster.sql("SELECT count(*)::text " + advice));
  }
}

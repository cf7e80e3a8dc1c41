package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.util.PSQLException;

/** One cluster's journal is damaged: it keeps back whoever needs it, by name, and nobody else. */
class DamageIT {
  private static final String DATA_CORRUPTED = "XX001";

  @RegisterExtension static final Harness HARNESS = new Harness();

  private static RunningMuster muster;
  private static Instant before;

  @BeforeAll
  static void oneEventIsOverwritten() throws SQLException {
    muster = HARNESS.aMuster().withRuntime("simulated").start();
    muster.sql("CREATE CLUSTER good (SIZE = '25cc', REPLICATION FACTOR = 1)");
    muster.sql("CREATE CLUSTER bad (SIZE = '25cc', REPLICATION FACTOR = 1)");
    muster.awaitServing("good");
    muster.awaitServing("bad");
    before = Instant.ofEpochMilli(System.currentTimeMillis() + 1);
    Await.until("that moment is over", () -> Instant.now().isAfter(before));
    // What comes before the damage is told: here is something later than the moment.
    muster.sql("COMMENT ON CLUSTER bad IS 'the first'");
    muster.sql("COMMENT ON CLUSTER bad IS 'a comment'");
    muster.sql("COMMENT ON CLUSTER good IS 'another'");
    assertEquals(0, muster.terminate());
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + muster.dataDirectory().resolve("journal.db"));
        Statement statement = connection.createStatement()) {
      assertEquals(
          1,
          statement.executeUpdate(
              "UPDATE event_journal SET event_payload = x'7b' WHERE event_ser_manifest LIKE"
                  + " 'cluster.comment-changed:%' AND CAST(event_payload AS TEXT) LIKE"
                  + " '%a comment%'"));
    }
    muster.start();
  }

  private static void assertKeptBack(String statement) {
    PSQLException refused =
        assertThrows(PSQLException.class, () -> muster.sql(statement), statement);
    String told = refused.getServerErrorMessage().toString();
    assertEquals(DATA_CORRUPTED, refused.getSQLState(), told);
    assertTrue(told.contains("cannot be read"), told);
    assertTrue(told.contains("audit verify"), told);
    assertTrue(!told.contains("ry again"), told);
  }

  @Test
  void whoNeedsItsRowsIsToldItsName() {
    assertKeptBack("SELECT count(*) FROM mz_clusters");
    assertKeptBack("SHOW CLUSTERS");
    assertKeptBack("SHOW CREATE CLUSTER bad");
    assertKeptBack("SELECT count(*) FROM mz_audit_events");
    assertKeptBack("ALTER CLUSTER bad SET (REPLICATION FACTOR = 2)");
  }

  @Test
  void everythingElseGoesOn() throws SQLException {
    assertEquals(1, muster.sql("SHOW CREATE CLUSTER good").size());
    muster.sql("ALTER CLUSTER good SET (REPLICATION FACTOR = 2)");
    muster.sql("CREATE CLUSTER other (SIZE = '25cc', REPLICATION FACTOR = 0)");
    assertEquals(
        List.of("2"), muster.sql("SELECT replication_factor FROM mz_clusters WHERE name = 'good'"));
    assertEquals(1, muster.sql("SELECT name FROM mz_roles WHERE name = 'materialize'").size());
  }

  @Test
  void thePastBeforeItIsTold() throws SQLException {
    assertEquals(
        List.of("bad", "good"),
        muster.sql(
            "SELECT name FROM mz_clusters WHERE name IN ('good', 'bad') ORDER BY name AS OF "
                + before.toEpochMilli()));
    assertKeptBack("SELECT count(*) FROM mz_clusters AS OF now()");
  }

  private static Program.Result replay(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("replay", "--data-dir", muster.dataDirectory().toString()));
    all.addAll(List.of(arguments));
    return Program.run(Distribution.command(all), Map.of(), "");
  }

  @Test
  void anotherClusterIsReplayedAlone() {
    String good = replay("--cluster", "good").succeeded().output();
    assertTrue(good.contains("\"comment\" : \"another\""), good);
    String changed =
        replay("--cluster", "good", "--diff", before.toString(), Instant.now().toString())
            .succeeded()
            .output();
    assertTrue(changed.contains("\"comment\""), changed);
    String back = replay("--cluster", "good", "--sql-to", before.toString()).succeeded().output();
    assertTrue(back.contains("COMMENT ON CLUSTER \"good\" IS NULL"), back);
  }

  @Test
  void whatNeedsItIsNotReplayedAndOneLineSaysWhy() {
    for (Program.Result refused : List.of(replay(), replay("--cluster", "bad"))) {
      assertNotEquals(0, refused.exitCode());
      assertTrue(
          refused.error().startsWith("muster: cluster \"bad\" (u3) cannot be read: "),
          refused.error());
      assertEquals(1, refused.error().lines().count(), refused.error());
    }
  }
}

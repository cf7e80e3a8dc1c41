package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.muster.deploy.local.CassandraProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The journal in a real Cassandra: what is in it, what it refuses, and that it may be restarted.
 */
class CassandraIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** More than one write may have, with the commit log that the tried-out Cassandra has. */
  private static final int TOO_LARGE = 5 << 20;

  private static final int AT_ONCE = 8;

  @RegisterExtension final Harness harness = new Harness();

  private Path folder;
  private int port;
  private int storagePort;
  private CassandraProcess cassandra;

  @BeforeEach
  void startCassandra() throws IOException {
    System.setProperty("muster.home", Distribution.ROOT.toString());
    folder = harness.folder();
    port = freePort();
    storagePort = freePort();
    restartCassandra();
  }

  @AfterEach
  void endCassandra() throws InterruptedException {
    cassandra.kill();
  }

  private void restartCassandra() throws IOException {
    cassandra = CassandraProcess.start(folder.resolve("cassandra"), port, storagePort);
    cassandra.awaitReady(PATIENCE);
  }

  @Test
  void whatWasAcknowledgedOutlivesEveryProcessAndNothingElseIsClaimed() throws Exception {
    RunningMuster muster = aMuster("first");
    muster.sql("CREATE CLUSTER kept (SIZE = '25cc', REPLICATION FACTOR = 0)");

    SQLException refused =
        assertThrows(
            SQLException.class,
            () -> muster.sql("COMMENT ON CLUSTER kept IS '" + "x".repeat(TOO_LARGE) + "'"));
    assertFalse(refused.getSQLState().startsWith("XX"), refused.getMessage());
    muster.sql("COMMENT ON CLUSTER kept IS 'short'");

    cassandra.kill();
    SQLException unreachable =
        assertThrows(
            SQLException.class, () -> muster.sql("COMMENT ON CLUSTER kept IS 'never said'"));
    assertTrue(
        unreachable.getSQLState().startsWith("57") || unreachable.getSQLState().startsWith("08"),
        unreachable.getSQLState() + ": " + unreachable.getMessage());

    restartCassandra();
    Await.until(
        "statements are carried out again",
        () -> {
          muster.sql("COMMENT ON CLUSTER kept IS 'after'");
          return true;
        });

    muster.kill9();
    RunningMuster elsewhere = aMuster("second");
    assertEquals(List.of("after"), elsewhere.sql("SELECT comment FROM mz_internal.mz_comments"));
    assertEquals(
        List.of("1"),
        elsewhere.sql(
            "SELECT count(*) FROM mz_audit_events WHERE event_type = 'create' AND object_type ="
                + " 'cluster' AND details->>'name' = 'kept'"));
  }

  private Program.Result ask(String command, String... more) {
    List<String> all = new ArrayList<>(List.of(command.split(" ")));
    all.addAll(List.of("--cassandra", "127.0.0.1:" + port));
    all.addAll(List.of(more));
    return Program.run(Distribution.command(all), Map.of(), "");
  }

  @Test
  void thePastIsReplayedAndVerifiedWhereItIs() throws Exception {
    RunningMuster muster = aMuster("past");
    muster.sql("CREATE CLUSTER kept (SIZE = '25cc', REPLICATION FACTOR = 1)");
    muster.sql("COMMENT ON CLUSTER kept IS 'do not touch'");

    String state = ask("replay", "--format", "sql").succeeded().output();
    assertTrue(state.contains("CREATE CLUSTER \"kept\" ("), state);
    assertTrue(state.contains("'do not touch'"), state);
    String live = muster.httpAddress().getHostString() + ":" + muster.httpAddress().getPort();
    String good = ask("audit verify", "--live", live).succeeded().output();
    assertTrue(good.contains("verdict      good"), good);
    assertTrue(good.matches("(?s).*live +[0-9]+ states compared.*"), good);
    assertTrue(good.contains("keyspace muster of Cassandra at 127.0.0.1:" + port), good);

    Program.Result nothing = ask("replay", "--keyspace", "elsewhere");
    assertEquals(1, nothing.exitCode());
    assertEquals(
        "muster: there is no journal in keyspace elsewhere of Cassandra at 127.0.0.1:" + port,
        nothing.error().strip());

    tamper();
    Program.Result bad = ask("audit verify");
    assertEquals(1, bad.exitCode());
    assertTrue(bad.output().contains("verdict      BAD: 1 found"), bad.output());
    assertTrue(
        bad.output().matches("(?s).*event [0-9]+ of cluster.u[0-9]+ .* is not what was.*"),
        bad.output());

    cassandra.kill();
    Program.Result gone = ask("replay");
    assertEquals(1, gone.exitCode());
    assertEquals(1, gone.error().lines().count(), gone.error());
    assertTrue(gone.error().contains("cannot be reached"), gone.error());
  }

  @Test
  void changesOfSeveralClustersShareRequests() throws Exception {
    RunningMuster muster = aMuster("several");
    for (int cluster = 0; cluster < AT_ONCE; cluster++) {
      muster.sql("CREATE CLUSTER s%d (SIZE = '25cc', REPLICATION FACTOR = 0)".formatted(cluster));
    }

    Await.until(
        "two clusters' changes were written at one time",
        () -> {
          commentAllAtOnce(muster);
          return requestsOfSeveral() > 0;
        });

    assertEquals(
        List.of(Integer.toString(AT_ONCE)),
        muster.sql("SELECT count(*) FROM mz_internal.mz_comments WHERE comment = 'shared'"));
  }

  private static void commentAllAtOnce(RunningMuster muster) throws Exception {
    List<Callable<List<String>>> changes = new ArrayList<>();
    for (int cluster = 0; cluster < AT_ONCE; cluster++) {
      String name = "s" + cluster;
      changes.add(() -> muster.sql("COMMENT ON CLUSTER " + name + " IS 'shared'"));
      changes.add(() -> muster.sql("ALTER CLUSTER " + name + " SET (SIZE = '50cc')"));
      changes.add(() -> muster.sql("ALTER CLUSTER " + name + " SET (SIZE = '25cc')"));
    }
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<String>> change : clients.invokeAll(changes)) {
        change.get();
      }
    }
  }

  /** Rows of one request have the same time, and no two requests of one driver have it. */
  private long requestsOfSeveral() {
    Map<Long, Set<String>> entities = new HashMap<>();
    try (CqlSession session = session()) {
      for (Row row :
          session.execute(
              "SELECT persistence_id, writetime(event) AS written FROM muster.messages")) {
        entities
            .computeIfAbsent(row.getLong("written"), ignored -> new HashSet<>())
            .add(row.getString("persistence_id"));
      }
    }
    return entities.values().stream().filter(together -> together.size() > 1).count();
  }

  private CqlSession session() {
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress("127.0.0.1", port))
        .withLocalDatacenter("datacenter1")
        .build();
  }

  /** Somebody who may write there makes another comment of it. */
  private void tamper() {
    try (CqlSession session = session()) {
      for (Row row : session.execute("SELECT * FROM muster.messages")) {
        String event = StandardCharsets.UTF_8.decode(row.getByteBuffer("event")).toString();
        if (row.getString("ser_manifest").startsWith("cluster.comment-changed:")) {
          session.execute(
              "UPDATE muster.messages SET event = ? WHERE persistence_id = ? AND partition_nr = ?"
                  + " AND sequence_nr = ? AND timestamp = ?",
              StandardCharsets.UTF_8.encode(event.replace("do not touch", "do as you like")),
              row.getString("persistence_id"),
              row.getLong("partition_nr"),
              row.getLong("sequence_nr"),
              row.getUuid("timestamp"));
        }
      }
    }
  }

  private RunningMuster aMuster(String name) throws IOException {
    Path settings = folder.resolve(name + ".conf");
    Files.writeString(
        settings,
        """
        muster.journal.kind = cassandra
        muster.journal.cassandra { contact-points = ["127.0.0.1:%d"], replication-factor = 1 }
        """
            .formatted(port));
    return harness
        .aMuster()
        .withRuntime("simulated")
        .withDataDirectory(folder.resolve(name))
        .with("--config", settings.toString())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}

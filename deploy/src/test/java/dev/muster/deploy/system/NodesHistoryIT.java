package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Three nodes, each with a network of its own, under load from clients on all of them, while nodes
 * die, hang, are cut off and come back: every answer that anybody was given fits one order of
 * events, nothing acknowledged is lost, no healthy replica is started anew, none runs twice. {@code
 * mvn -Pnodes verify}; {@code -Dmuster.operations=N} for another number than 50,000, {@code
 * -Dmuster.settings=...} for settings of the nodes, as more patience with each other where the
 * machine is busy. How many were answered, and how, under which fault, is in {@code
 * target/nodes-history.txt}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesHistoryIT {
  private static final int NODES = 3;
  private static final int FAULTS = 14;
  private static final int OPERATIONS_EACH =
      Math.ceilDiv(Integer.getInteger("muster.operations", 50_000), FAULTS);

  /** Longer than failure detection, the decision of the split brain resolver, and its margin. */
  private static final Duration OUT_OF_SIGHT =
      Duration.ofSeconds(Integer.getInteger("muster.seconds", 20));

  /** No host is out of sight for so long: nothing is to be replaced. */
  private static final String SETTINGS =
      """
      muster.host.lease = 5 minutes
      muster.journal.cassandra.replication-factor = 1
      """;

  private static final String LOST =
      "SELECT replica_id, occurred_at FROM mz_internal.mz_cluster_replica_status_history WHERE"
          + " reason LIKE 'host-lost%' ORDER BY 1, 2";

  private static final Path REPORT = Path.of("target", "nodes-history.txt");

  private static Path folder;
  private static NetworkedNodes nodes;
  private static ReplicaWatch watch;
  private static final List<HistoryClients> HISTORIES = new ArrayList<>();
  private static final long SEED = Long.getLong("muster.seed", System.nanoTime());
  private static final Random RANDOM = new Random(SEED);

  @RegisterExtension
  static final AfterTestExecutionCallback STORY =
      context ->
          context
              .getExecutionException()
              .ifPresent(failure -> System.err.println(failure + "\n" + nodes.story()));

  /** What happens to the nodes while clients ask. */
  @FunctionalInterface
  private interface Fault {
    void happen() throws Exception;
  }

  @BeforeAll
  static void start() throws Exception {
    Needs.cassandra();
    Needs.networkNamespaces();
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, "");
    report("seed " + SEED + ", " + OPERATIONS_EACH + " operations for each fault");
    folder = Folders.create("muster-history");
    nodes =
        NetworkedNodes.start(folder, NODES, SETTINGS + System.getProperty("muster.settings", ""));
    watch = new ReplicaWatch(nodes);
    nodes.sql(0, "CREATE CLUSTER steady (SIZE = '1', REPLICATION FACTOR = 3)");
    Await.until("they run", () -> watch.places(steady()).size() == NODES);
  }

  @AfterAll
  static void stop() throws Exception {
    if (watch != null) {
      watch.end();
    }
    if (nodes != null) {
      nodes.close();
    }
    if (folder != null) {
      Folders.delete(folder);
    }
  }

  @Test
  @Order(1)
  void noFaultAtAll() throws Exception {
    under("calm", () -> {});
  }

  @Test
  @Order(2)
  void aNodeIsKilledAndStartedAgainEachInTurn() throws Exception {
    for (int node = 0; node < NODES; node++) {
      int killed = node;
      under(
          "kill" + node,
          () -> {
            nodes.kill9(killed);
            pause(OUT_OF_SIGHT);
            nodes.start(killed);
          });
    }
  }

  @Test
  @Order(3)
  void aNodeIsCutOffFromTheOthersAndNotFromCassandra() throws Exception {
    under("cut", () -> outOfSight(() -> nodes.network().isolate(1)));
  }

  @Test
  @Order(4)
  void aZoneIsCutOffFromEverything() throws Exception {
    under(
        "zone",
        () ->
            outOfSight(
                () -> {
                  nodes.network().isolate(0);
                  nodes.network().cutFromCassandra(0);
                }));
  }

  @Test
  @Order(5)
  void noTwoNodesSeeEachOther() throws Exception {
    under(
        "majority",
        () ->
            outOfSight(
                () -> {
                  nodes.network().isolate(0);
                  nodes.network().isolate(1);
                }));
  }

  @Test
  @Order(6)
  void aNodeIsHeardByTheOthersAndHearsNothing() throws Exception {
    under(
        "deaf",
        () ->
            outOfSight(
                () -> {
                  nodes.network().cutOneWay(0, 2);
                  nodes.network().cutOneWay(1, 2);
                }));
  }

  @Test
  @Order(7)
  void aNodeHearsAndIsNotHeardByOneOther() throws Exception {
    under("mute", () -> outOfSight(() -> nodes.network().cutOneWay(2, 0)));
  }

  @Test
  @Order(8)
  void aNodeIsSuspendedForLongerThanTheOthersWaitForIt() throws Exception {
    for (int node = 0; node < 2; node++) {
      int suspended = node;
      under(
          "pause" + node,
          () -> {
            nodes.suspend(suspended);
            pause(OUT_OF_SIGHT);
            nodes.resume(suspended);
          });
    }
  }

  @Test
  @Order(9)
  void cassandraIsKilledAndStartedAgain() throws Exception {
    under(
        "cassandra",
        () -> {
          nodes.killCassandra();
          nodes.restartCassandra();
        });
  }

  @Test
  @Order(10)
  void cassandraHangs() throws Exception {
    under(
        "hang",
        () -> {
          nodes.suspendCassandra();
          pause(OUT_OF_SIGHT);
          nodes.resumeCassandra();
        });
  }

  @Test
  @Order(11)
  void allNodesAreRestartedInTurnAndNoReplicaIsSaidToBeLost() throws Exception {
    List<String> lost = nodes.sql(0, LOST);
    under(
        "rolling",
        () -> {
          for (int node = 0; node < NODES; node++) {
            nodes.terminate(node);
            nodes.start(node);
            nodes.awaitAllServe();
          }
        });
    assertEquals(lost, nodes.sql(0, LOST));
  }

  @Test
  @Order(12)
  void allOfItIsInTheJournalWhenEveryNodeWasKilled() throws Exception {
    for (int node = 0; node < NODES; node++) {
      nodes.kill9(node);
    }
    for (int node = 0; node < NODES; node++) {
      nodes.start(node);
    }
    nodes.awaitAllServe();
    List<String> violations = new ArrayList<>();
    int answered = 0;
    for (HistoryClients clients : HISTORIES) {
      clients.lookOnceMore();
      violations.addAll(clients.violations());
      answered += clients.tally().count();
    }
    report(answered + " operations in all, violations " + violations);
    assertEquals(List.of(), violations);
    assertEquals(Set.of(), watch.violations());
    Await.until("what runs is what is declared", () -> watch.all().equals(declared()));
  }

  /** What happened so far is there to be read while the test goes on, and when it has failed. */
  private static void report(String line) throws IOException {
    Files.writeString(REPORT, line + System.lineSeparator(), StandardOpenOption.APPEND);
  }

  /** Clients ask, a fault happens to the nodes, is over, and all comes to rest. */
  private static void under(String name, Fault fault) throws Exception {
    Map<String, String> before = watch.places(steady());
    HistoryClients clients = new HistoryClients(nodes, name);
    HISTORIES.add(clients);
    clients.start(RANDOM);
    try {
      awaitAnswers(clients, OPERATIONS_EACH / 4);
      fault.happen();
      nodes.awaitAllServe();
      awaitAnswers(clients, Math.max(clients.tally().count() + 100, OPERATIONS_EACH));
    } finally {
      clients.stop();
      report(name + ": " + clients.tally());
    }
    clients.lookOnceMore();
    assertEquals(List.of(), clients.violations());
    assertEquals(before, watch.places(steady()), "no healthy replica is started anew");
    assertEquals(Set.of(), watch.violations());
  }

  private static void outOfSight(Fault cut) throws Exception {
    try {
      cut.happen();
      pause(OUT_OF_SIGHT);
    } finally {
      nodes.network().heal();
    }
  }

  /** What lasts so long is the fault itself. */
  private static void pause(Duration duration) {
    long untilNanos = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < untilNanos) {
      LockSupport.parkNanos(untilNanos - System.nanoTime());
    }
  }

  private static void awaitAnswers(HistoryClients clients, int count) {
    long untilNanos = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (clients.tally().count() < count) {
      assertTrue(System.nanoTime() < untilNanos, () -> "too slow: " + clients.tally());
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static List<String> steady() throws SQLException {
    return nodes.sql(
        0,
        "SELECT r.id FROM mz_cluster_replicas r JOIN mz_clusters c ON c.id = r.cluster_id WHERE"
            + " c.name = 'steady'");
  }

  private static Set<String> declared() throws SQLException {
    return new TreeSet<>(nodes.sql(0, "SELECT id FROM mz_cluster_replicas"));
  }
}

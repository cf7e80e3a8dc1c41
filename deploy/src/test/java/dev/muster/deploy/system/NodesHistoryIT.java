package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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
 * -Dmuster.minutes=N} for another time than 30, {@code -Dmuster.settings=...} for settings of the
 * nodes, as more patience with each other where the machine is busy. How many were answered, and
 * how, under which fault, is in {@code target/nodes-history.txt}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesHistoryIT {
  private static final int NODES = 3;
  private static final int FAULTS = 14;
  private static final int OPERATIONS = Integer.getInteger("muster.operations", 50_000);

  /** All faults together; a machine that is too slow for the operations has fewer of them. */
  private static final Duration WITHIN =
      Duration.ofMinutes(Integer.getInteger("muster.minutes", 30));

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
  private static HistoryRun run;
  private static final long SEED = Long.getLong("muster.seed", System.nanoTime());
  private static final Random RANDOM = new Random(SEED);

  @RegisterExtension
  static final AfterTestExecutionCallback STORY =
      context ->
          context
              .getExecutionException()
              .ifPresent(failure -> System.err.println(failure + "\n" + nodes.story()));

  @BeforeAll
  static void start() throws Exception {
    Needs.cassandra();
    Needs.networkNamespaces();
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, "seed %d, %d operations in %s%n".formatted(SEED, OPERATIONS, WITHIN));
    folder = Folders.create("muster-history");
    nodes =
        NetworkedNodes.start(folder, NODES, SETTINGS + System.getProperty("muster.settings", ""));
    watch = new ReplicaWatch(nodes);
    nodes.sql(0, "CREATE CLUSTER steady (SIZE = '1', REPLICATION FACTOR = 3)");
    Await.until("they run", () -> watch.places(steady()).size() == NODES);
    run = new HistoryRun(nodes, watch, REPORT, RANDOM, OPERATIONS, WITHIN, FAULTS);
  }

  @AfterAll
  static void stop() throws Exception {
    if (run != null) {
      run.summarize();
    }
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
    inTurn(
        NODES,
        node ->
            under(
                "kill" + node,
                () -> {
                  nodes.kill9(node);
                  pause(OUT_OF_SIGHT);
                  nodes.start(node);
                }));
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
    inTurn(
        2,
        node ->
            under(
                "pause" + node,
                () -> {
                  nodes.suspend(node);
                  pause(OUT_OF_SIGHT);
                  nodes.resume(node);
                }));
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
    nodes.recover();
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
    nodes.recover();
    for (int node = 0; node < NODES; node++) {
      nodes.kill9(node);
    }
    for (int node = 0; node < NODES; node++) {
      nodes.start(node);
    }
    nodes.awaitAllServe();
    run.lookOnceMore();
    assertEquals(List.of(), run.violations());
    assertEquals(Set.of(), watch.violations());
    Await.until("what runs is what is declared", () -> watch.all().equals(declared()));
  }

  private static void under(String name, HistoryRun.Fault fault) throws Exception {
    run.under(name, fault);
  }

  /** One that fails does not keep the others from being tried. */
  private static void inTurn(int count, HistoryTurn turn) throws Exception {
    Throwable first = null;
    for (int node = 0; node < count; node++) {
      try {
        turn.of(node);
      } catch (Exception | AssertionError failure) {
        first = first == null ? failure : first;
      }
    }
    if (first != null) {
      throw new AssertionError(first);
    }
  }

  /** What happens to a node when it is its turn. */
  @FunctionalInterface
  private interface HistoryTurn {
    void of(int node) throws Exception;
  }

  private static void outOfSight(HistoryRun.Fault cut) throws Exception {
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

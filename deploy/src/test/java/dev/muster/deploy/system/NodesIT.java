package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.deploy.workload.WorkloadProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Three nodes in three zones on a real Cassandra. One installation for all tests, in their order:
 * each goes on with what the one before has left.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {
  private static final int NODES = 3;

  /** Long enough for a look at what is so before it is over. */
  private static final String SETTINGS = "muster.host.lease = 20 s";

  private static Path folder;
  private static LocalCluster cluster;

  @RegisterExtension
  static final AfterTestExecutionCallback STORY =
      context ->
          context
              .getExecutionException()
              .ifPresent(failure -> System.err.println(failure + "\n" + cluster.story()));

  @BeforeAll
  static void start() throws IOException {
    folder = Folders.create("muster-nodes");
    cluster = LocalCluster.start(folder, NODES, SETTINGS);
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.stop();
    }
    Folders.delete(folder);
  }

  @Test
  @Order(1)
  void everyNodeSaysThatItServesAndWhereItIs() {
    assertEquals(NODES, cluster.nodes().size());
    assertEquals(
        List.of("az1", "az2", "az3"),
        cluster.nodes().stream().map(LocalCluster.Node::zone).toList());
    Await.until(
        "all are up",
        () -> cluster.status().lines().filter(line -> line.contains(" Up ")).count() == NODES);
  }

  @Test
  @Order(2)
  void whatIsAcknowledgedOnOneNodeIsSeenOnEveryOtherAtOnce() throws SQLException {
    for (int i = 0; i < 30; i++) {
      int writer = i % NODES;
      int reader = (i + 1) % NODES;
      cluster.sql(writer, "CREATE CLUSTER c" + i + " (SIZE = '25cc', REPLICATION FACTOR = 0)");
      assertTrue(names(reader).contains("c" + i), "not seen: c" + i);
      cluster.sql(reader, "ALTER CLUSTER c" + i + " RENAME TO d" + i);
      assertTrue(names(writer).contains("d" + i), "not seen: d" + i);
    }
    for (int i = 0; i < 30; i++) {
      cluster.sql(i % NODES, "DROP CLUSTER d" + i);
      assertTrue(!names((i + 2) % NODES).contains("d" + i), "still seen: d" + i);
    }
  }

  @Test
  @Order(3)
  void replicasRunOnTheNodeOfTheirZone() throws SQLException {
    cluster.sql(1, "CREATE CLUSTER prod (SIZE = '25cc', REPLICATION FACTOR = 3)");

    awaitOnline(2, "prod", 3);
    String id = cluster.sql(0, "SELECT id FROM mz_clusters WHERE name = 'prod'").getFirst();
    for (int node = 0; node < NODES; node++) {
      assertEquals(
          1,
          cluster.replicas(node).stream().filter(replica -> replica.isOf(id)).count(),
          "" + node);
    }
  }

  @Test
  @Order(4)
  void historyIsTheSameOnEveryNode() throws SQLException {
    String audit = "SELECT count(*) FROM mz_audit_events";
    Set<List<String>> answers = new HashSet<>();
    for (int node = 0; node < NODES; node++) {
      answers.add(cluster.sql(node, audit));
    }
    assertEquals(1, answers.size(), answers.toString());
  }

  @Test
  @Order(5)
  void whileCassandraHangsStatementsFailClearlyAndThenServiceResumes() throws Exception {
    cluster.pauseCassandra();
    try {
      SQLException failure =
          assertThrows(
              SQLException.class, () -> cluster.sql(0, "COMMENT ON CLUSTER prod IS 'hanging'"));
      assertTrue(
          failure.getSQLState().startsWith("57") || failure.getSQLState().startsWith("08"),
          failure.getSQLState() + ": " + failure.getMessage());
    } finally {
      cluster.resumeCassandra();
    }
    Await.until("statements are carried out again", () -> alterAndSee("prod"));
  }

  @Test
  @Order(6)
  void aKilledNodesClustersAnswerElsewhereAndNoHealthyReplicaIsRestarted() throws Exception {
    Set<Long> before = processes();

    cluster.kill9(0);

    Await.until("reads are answered", () -> names(1).contains("prod"));
    Await.until("statements are carried out", () -> alterAndSee("prod"));
    for (int node = 1; node < NODES; node++) {
      assertTrue(processes(node).stream().anyMatch(before::contains), "restarted on " + node);
    }
    assertEquals(before, processes(), "nothing was started anew, nothing ended");
    awaitOnline(1, "prod", 2);
  }

  @Test
  @Order(7)
  void whatWasReplacedAfterTheLeaseIsStoppedByTheHostThatComesBack() throws Exception {
    Set<Long> old = processes(0);
    assertFalse(old.isEmpty());
    Await.until(
        "the zone is lost, and what stood there has been placed elsewhere",
        () -> zones("prod").stream().noneMatch("az1"::equals));
    awaitOnline(1, "prod", 3);
    assertEquals(old, processes(0), "it runs on while its host is out of sight");

    cluster.restart(0);

    Await.until("what was replaced ends", () -> processes(0).stream().noneMatch(old::contains));
    Await.until(
        "the spread is repaired",
        () -> Set.copyOf(zones("prod")).equals(Set.of("az1", "az2", "az3")));
    assertTrue(names(0).contains("prod"), "the node that is back serves");
  }

  @Test
  @Order(8)
  void nodesThatAreToldToGoHandOverAlsoToTheLastOne() throws Exception {
    for (int node : new int[] {1, 0}) {
      cluster.terminate(node);

      assertTrue(names(2).contains("prod"));
      assertTrue(alterAndSee("prod"));
    }
  }

  private static List<String> zones(String name) throws SQLException {
    return cluster.sql(
        2,
        "SELECT r.availability_zone FROM mz_clusters c JOIN mz_cluster_replicas r ON r.cluster_id ="
            + " c.id JOIN mz_internal.mz_cluster_replica_statuses s ON s.replica_id = r.id WHERE"
            + " s.status = 'online' AND c.name = '"
            + name
            + "'");
  }

  private static Set<Long> processes(int node) {
    return cluster.replicas(node).stream().map(WorkloadProcess::pid).collect(Collectors.toSet());
  }

  private static boolean alterAndSee(String name) throws SQLException {
    String comment = "at " + System.nanoTime();
    cluster.sql(2, "COMMENT ON CLUSTER " + name + " IS '" + comment + "'");
    return cluster
        .sql(2, "SELECT comment FROM mz_internal.mz_comments WHERE comment = '" + comment + "'")
        .equals(List.of(comment));
  }

  private static Set<Long> processes() {
    return IntStream.range(0, NODES)
        .mapToObj(NodesIT::processes)
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  private static Set<String> names(int node) throws SQLException {
    return new HashSet<>(cluster.sql(node, "SELECT name FROM mz_clusters"));
  }

  private static void awaitOnline(int node, String name, long replicas) {
    Await.until(
        replicas + " replicas of " + name + " are online",
        () ->
            cluster
                    .sql(
                        node,
                        "SELECT r.id FROM mz_clusters c JOIN mz_cluster_replicas r ON r.cluster_id"
                            + " = c.id JOIN mz_internal.mz_cluster_replica_statuses s ON"
                            + " s.replica_id = r.id WHERE s.status = 'online' AND c.name = '"
                            + name
                            + "'")
                    .size()
                == replicas);
  }
}

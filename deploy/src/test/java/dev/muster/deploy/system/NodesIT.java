package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Three nodes in three zones on a real Cassandra. One installation for all tests, in their order:
 * each goes on with what the one before has left. What takes longer is in {@link NodesFaultsIT}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {
  private static final int NODES = 3;

  /** More than one write may have, with the commit log that the tried-out Cassandra has. */
  private static final int TOO_LARGE = 5 << 20;

  private static final String GONE = "is gone: its machine refuses the connections of all others";

  private static LocalCluster cluster;

  @RegisterExtension static final SharedNodes INSTALLATION = new SharedNodes();

  @BeforeAll
  static void start() throws IOException {
    cluster = INSTALLATION.start(NODES, "");
  }

  @Test
  @Order(1)
  void everyNodeSaysThatItServesAndWhereItIs() throws SQLException {
    assertEquals(
        List.of("az1", "az2", "az3"),
        cluster.nodes().stream().map(LocalCluster.Node::zone).toList());
    Await.until(
        "all are up",
        () -> cluster.status().lines().filter(line -> line.contains(" Up ")).count() == NODES);
    for (int node = 0; node < NODES; node++) {
      assertEquals(
          List.of("az1@node-0", "az2@node-1", "az3@node-2"),
          cluster.sql(node, "SELECT name FROM mz_internal.mz_hosts ORDER BY name"));
    }
  }

  @Test
  @Order(2)
  void whatIsAcknowledgedOnOneNodeIsSeenOnEveryOtherAtOnce() throws SQLException {
    for (int i = 0; i < 10; i++) {
      int writer = i % NODES;
      int reader = (i + 1) % NODES;
      cluster.sql(writer, "CREATE CLUSTER c" + i + " (SIZE = '25cc', REPLICATION FACTOR = 0)");
      assertTrue(cluster.names(reader).contains("c" + i), "not seen: c" + i);
      cluster.sql(reader, "ALTER CLUSTER c" + i + " RENAME TO d" + i);
      assertTrue(cluster.names(writer).contains("d" + i), "not seen: d" + i);
      cluster.sql(writer, "DROP CLUSTER d" + i);
      assertFalse(cluster.names((i + 2) % NODES).contains("d" + i), "still seen: d" + i);
    }
  }

  @Test
  @Order(3)
  void replicasRunOnTheNodeOfTheirZone() throws SQLException {
    cluster.sql(1, "CREATE CLUSTER prod (SIZE = '25cc', REPLICATION FACTOR = 3)");

    cluster.awaitOnline(2, "prod", 3);
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
  void whatCassandraRefusesIsRefusedAndNothingElse() throws SQLException {
    SQLException refused =
        assertThrows(
            SQLException.class,
            () -> cluster.sql(0, "COMMENT ON CLUSTER prod IS '" + "x".repeat(TOO_LARGE) + "'"));
    assertFalse(refused.getSQLState().startsWith("XX"), refused.getMessage());

    assertTrue(cluster.alterAndSee(0, "prod"));
  }

  @Test
  @Order(6)
  void aKilledNodesClustersAnswerElsewhereAndNoHealthyReplicaIsRestarted() throws Exception {
    Set<Long> before = cluster.processes();

    cluster.kill9(0);

    Await.until("reads are answered", () -> cluster.names(1).contains("prod"));
    Await.until("statements are carried out", () -> cluster.alterAndSee(2, "prod"));
    Await.until(
        "it was removed because it was seen to be gone, and not for its silence",
        () -> cluster.log(1).contains(GONE) || cluster.log(2).contains(GONE));
    assertEquals(before, cluster.processes(), "nothing was started anew, nothing ended");
    cluster.awaitOnline(1, "prod", 2);
  }

  @Test
  @Order(7)
  void aNodeThatHasEndedIsStartedAgainAsItWas() throws Exception {
    int port = cluster.nodes().getFirst().sqlPort();

    List<LocalCluster.Node> again = cluster.startAgain();

    assertEquals(List.of(0), again.stream().map(LocalCluster.Node::number).toList());
    assertEquals(port, again.getFirst().sqlPort());
    Await.until("it serves", () -> cluster.alterAndSee(0, "prod"));
    String refusal = cluster.refusalOfAnotherStart();
    assertTrue(refusal.contains("it runs already"), refusal);
  }
}

package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What three nodes on a real Cassandra live through, beside what {@link NodesIT} shows in every
 * build: {@code mvn -Pnodes verify}. One installation for all tests, in their order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesFaultsIT {
  private static final int NODES = 3;

  /** Long enough for a look at what is so before it is over. */
  private static final String SETTINGS = "muster.host.lease = 20 s";

  private static LocalCluster cluster;

  @RegisterExtension static final SharedNodes INSTALLATION = new SharedNodes();

  @BeforeAll
  static void start() throws IOException {
    cluster = INSTALLATION.start(NODES, SETTINGS);
  }

  @Test
  @Order(1)
  void whileCassandraHangsStatementsFailClearlyAndThenServiceResumes() throws Exception {
    cluster.sql(1, "CREATE CLUSTER prod (SIZE = '25cc', REPLICATION FACTOR = 3)");
    cluster.awaitOnline(2, "prod", 3);
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
    Await.until("statements are carried out again", () -> cluster.alterAndSee(2, "prod"));
  }

  @Test
  @Order(2)
  void whatWasReplacedAfterTheLeaseIsStoppedByTheHostThatComesBack() throws Exception {
    Set<Long> old = cluster.processes(0);
    assertFalse(old.isEmpty());
    cluster.kill9(0);
    Await.until(
        "the zone is lost, and what stood there serves elsewhere",
        () -> {
          var zones = cluster.zonesOnline(1, "prod");
          return zones.size() == NODES && !zones.contains("az1");
        });
    assertEquals(old, cluster.processes(0), "it runs on while its host is out of sight");

    cluster.restart(0);

    Await.until(
        "what was replaced ends", () -> cluster.processes(0).stream().noneMatch(old::contains));
    Await.until(
        "the spread is repaired",
        () -> Set.copyOf(cluster.zonesOnline(1, "prod")).equals(Set.of("az1", "az2", "az3")));
    Await.until("the node that is back serves", () -> cluster.names(0).contains("prod"));
  }

  @Test
  @Order(3)
  void nodesThatAreToldToGoHandOverAlsoToTheLastOne() throws Exception {
    for (int node : new int[] {1, 0}) {
      cluster.terminate(node);

      assertTrue(cluster.names(2).contains("prod"));
      assertTrue(cluster.alterAndSee(2, "prod"));
    }
  }

  /** The others may be there, and out of its sight. */
  @Test
  @Order(4)
  void theFirstSeedAloneFoundsNoSecondCluster() throws Exception {
    cluster.terminate(2);
    cluster.restart(0);

    Await.until("it gives up", () -> !cluster.isRunning(0));

    assertTrue(cluster.saidAgain(0).contains("--form"), cluster.saidAgain(0));
  }
}

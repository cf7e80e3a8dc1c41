package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Four nodes in three zones, so that one zone has two hosts, and each host room for four small
 * replicas: {@code mvn -Pnodes verify}. One installation for all tests, in their order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ManyHostsIT {
  private static final int NODES = 4;
  private static final int ROOM = 4;

  /** A replica of 25cc takes half a CPU. */
  private static final String SETTINGS =
      """
      muster.host { capacity.cpus = 2, lease = 30 s, orphan-sweep-interval = 2 s }
      """;

  private static final String HOST_LOST =
      "SELECT count(*) FROM mz_internal.mz_cluster_replica_status_history WHERE reason ="
          + " 'host-lost'";

  private static LocalCluster cluster;

  @RegisterExtension static final SharedNodes INSTALLATION = new SharedNodes();

  @BeforeAll
  static void start() throws IOException {
    cluster = INSTALLATION.start(NODES, SETTINGS, "--runtime=simulated");
  }

  private static Set<String> running(int node) {
    return cluster.simulated(node).keySet();
  }

  private static Map<String, Long> everywhere() {
    return IntStream.range(0, NODES)
        .mapToObj(cluster::simulated)
        .flatMap(one -> one.entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static long online(int node) throws SQLException {
    return Long.parseLong(
        cluster
            .sql(
                node,
                "SELECT count(*) FROM mz_internal.mz_cluster_replica_statuses WHERE status ="
                    + " 'online'")
            .getFirst());
  }

  @Test
  @Order(1)
  void aZonesReplicasAreSpreadOverItsHosts() throws SQLException {
    cluster.sql(1, "DROP CLUSTER quickstart");
    for (int i = 0; i < 4; i++) {
      cluster.sql(i, "CREATE CLUSTER c" + i + " (SIZE = '25cc', REPLICATION FACTOR = 3)");
    }
    Await.until("all are online", () -> online(2) == 12);

    assertEquals(ROOM, running(0).size() + running(3).size());
    assertTrue(running(0).size() > 0 && running(3).size() > 0, "on one of two hosts only");
  }

  /** Nothing of it is told to anybody as lost: neither in the statuses nor in their history. */
  @Test
  @Order(2)
  void aRollingRestartRestartsNoReplicaAndLosesNone() throws Exception {
    Map<String, Long> before = everywhere();
    assertEquals(List.of("0"), cluster.sql(1, HOST_LOST));
    for (int node = 0; node < NODES; node++) {
      int restarted = node;
      int other = (node + 1) % NODES;
      cluster.terminate(node);
      assertEquals(12, online(other), "while node " + node + " is away");
      cluster.restart(node);
      Await.until("it serves again", () -> cluster.names(restarted).contains("c0"));
      Await.until(
          "its host is back",
          () ->
              cluster.sql(other, "SELECT name FROM mz_internal.mz_hosts").size() == NODES
                  && online(restarted) == 12);
    }

    assertEquals(before, everywhere());
    assertEquals(List.of("0"), cluster.sql(1, HOST_LOST));
  }

  /** What runs twice meanwhile, at most, is what the lost one still has; it stops that. */
  @Test
  @Order(3)
  void whatAHostIsGivenUpWithRunsOnTheOtherOneOfItsZone() throws Exception {
    Set<String> lost = Set.copyOf(running(3));
    cluster.kill9(3);
    Await.until("they run on the other host", () -> running(0).containsAll(lost));
    Await.until("all are online", () -> online(1) == 12);
    assertEquals(ROOM, running(0).size());

    cluster.restart(3, List.of("--roles=replicas"), Optional.empty());

    Await.until("it has no door", () -> cluster.saidAgain(3).contains("sql=none"));
    Await.until("what was replaced ends", () -> running(3).isEmpty());
    assertEquals(12, online(1));
  }

  /** Its clusters are on the others, and it is a host like them. */
  @Test
  @Order(4)
  void aNodeThatIsOnlyThereForReplicasRunsThem() throws Exception {
    cluster.sql(0, "CREATE CLUSTER d (SIZE = '25cc', REPLICATION FACTOR = 1)");
    Await.until("its replica runs where there is room", () -> running(3).size() == 1);
    Await.until("and serves", () -> cluster.zonesOnline(2, "d").equals(List.of("az1")));
    cluster.sql(0, "DROP CLUSTER d");
    Await.until("and ends", () -> running(3).isEmpty());
  }

  @Test
  @Order(5)
  void whatSeveralNodesGiveAwayAtOnceNoHostTakesTwice() throws Exception {
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < 9; client++) {
        String name = "e" + client;
        int node = client % 3;
        done.add(
            clients.submit(
                () ->
                    Await.until(
                        "there is " + name,
                        () -> {
                          // Again where a busy machine has a node wait for the others too long.
                          cluster.sql(
                              node,
                              "CREATE CLUSTER IF NOT EXISTS "
                                  + name
                                  + " (SIZE = '25cc', REPLICATION FACTOR = 1)");
                          return true;
                        })));
      }
    }
    for (Future<?> one : done) {
      one.get();
    }
    Await.until("all room is taken", () -> online(1) == NODES * ROOM);
    Await.until(
        "the others wait",
        () ->
            cluster
                .sql(
                    2,
                    "SELECT count(*) FROM mz_internal.mz_cluster_replica_statuses WHERE reason ="
                        + " 'no-capacity'")
                .equals(List.of("5")));
    for (int node = 0; node < NODES; node++) {
      assertEquals(ROOM, running(node).size(), "on node " + node);
    }
  }

  @Test
  @Order(6)
  void whoWaitsIsPlacedWhereRoomIsGivenBack() throws Exception {
    cluster.sql(2, "DROP CLUSTER c1");

    Await.until("three of the five are placed", () -> online(0) == NODES * ROOM);
  }

  /** What it ran is its own again, as it was: within its lease nobody else is given it. */
  @Test
  @Order(7)
  void aNodeForReplicasAloneThatIsKilledIsGivenBackWhatItRan() throws Exception {
    Map<String, Long> before = everywhere();
    assertEquals(ROOM, running(3).size());

    cluster.kill9(3);
    cluster.restart(3, List.of("--roles=replicas"), Optional.empty());

    Await.until("all are online", () -> online(0) == NODES * ROOM);
    Map<String, Long> now = everywhere();
    before.forEach((replica, incarnation) -> assertEquals(incarnation, now.get(replica), replica));
  }

  /** Its other host is full; where no zone has room it is told why, and waits. */
  @Test
  @Order(8)
  void whatItsZoneHasNoRoomForAnyMoreRunsInAnother() throws Exception {
    cluster.kill9(3);
    Await.until(
        "they are down, and it is said why",
        () ->
            cluster
                    .sql(
                        1,
                        "SELECT count(*) FROM mz_internal.mz_cluster_replica_status_history WHERE"
                            + " detail LIKE '%no room%'")
                    .getFirst()
                    .compareTo("0")
                > 0);

    cluster.sql(1, "DROP CLUSTER c2");
    cluster.sql(2, "DROP CLUSTER c3");

    Await.until("all that are left are online", () -> online(0) == declared(0));
    assertTrue(running(0).size() <= ROOM, running(0).toString());
  }

  @Test
  @Order(9)
  void aNodeThatIsOnlyADoorAnswersAndIsMissedByNobody() throws Exception {
    cluster.restart(3, List.of("--roles=doors"), Optional.empty());
    Await.until("it serves", () -> cluster.names(3).contains("c0"));
    assertTrue(cluster.alterAndSee(3, "c0"));
    Map<String, Long> before = withoutDoor();
    List<String> lost = cluster.sql(0, HOST_LOST);

    cluster.kill9(3);

    for (int node = 0; node < 3; node++) {
      int asked = node;
      Await.until("node " + node + " changes and sees", () -> cluster.alterAndSee(asked, "c0"));
    }
    assertEquals(before, withoutDoor());
    assertEquals(lost, cluster.sql(0, HOST_LOST));
    assertEquals(declared(1), online(1));
  }

  private static long declared(int node) throws SQLException {
    return Long.parseLong(cluster.sql(node, "SELECT count(*) FROM mz_cluster_replicas").getFirst());
  }

  private static Map<String, Long> withoutDoor() {
    return IntStream.range(0, 3)
        .mapToObj(cluster::simulated)
        .flatMap(one -> one.entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}

package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.deploy.workload.ReadinessProber;
import dev.muster.deploy.workload.WorkloadProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster of real processes is resized while somebody asks it every 5 ms (invariant 7). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResizeIT {
  private static final String REPLICAS =
      "SELECT r.name, r.size FROM mz_catalog.mz_cluster_replicas r JOIN mz_catalog.mz_clusters c ON"
          + " c.id = r.cluster_id WHERE c.name = 'prod' ORDER BY r.name";

  private static final String ZONES =
      "SELECT r.name, r.availability_zone FROM mz_catalog.mz_cluster_replicas r JOIN"
          + " mz_catalog.mz_clusters c ON c.id = r.cluster_id WHERE c.name = 'prod' ORDER BY"
          + " r.name";

  @RegisterExtension static final Harness HARNESS = new Harness();

  private static RunningMuster muster;
  private static String clusterId;

  @BeforeAll
  static void start() throws SQLException {
    muster = HARNESS.aMuster().withRuntime("process").start();
    muster.sql("CREATE CLUSTER prod (SIZE = '25cc', REPLICATION FACTOR = 1)");
    muster.awaitServing("prod");
    clusterId = muster.sql("SELECT id FROM mz_catalog.mz_clusters WHERE name = 'prod'").getFirst();
  }

  @Test
  @Order(1)
  void aStatementWaitsForTheCutOverAndServingGoesOn() throws SQLException {
    List<Long> old = processes();
    try (ReadinessProber prober = muster.prober(clusterId);
        Connection connection = muster.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER CLUSTER prod SET (SIZE = '50cc')");
      List<String> told = new ArrayList<>();
      for (SQLWarning at = statement.getWarnings(); at != null; at = at.getNextWarning()) {
        told.add(at.getMessage());
      }
      assertTrue(
          told.getFirst().contains("reconfiguration started: 1 new replica of size 50cc"),
          told::toString);
      assertTrue(told.getLast().contains("cut over"), told::toString);
      assertEquals(List.of("r1|50cc"), muster.sql(REPLICAS));
      Await.until(
          "the old process has ended",
          () -> processes().stream().noneMatch(old::contains) && processes().size() == 1);
      assertEquals(0, prober.sight().unanswered(), prober.sight()::toString);
    }
    assertTrue(
        ofTheCluster().allMatch(one -> one.incarnation() == 1),
        "a replica was restarted by the cut-over");
  }

  @Test
  @Order(2)
  void neitherALostConnectionNorAKilledMusterStopsIt() throws SQLException {
    try (ReadinessProber prober = muster.prober(clusterId)) {
      Connection lost = muster.connect();
      CompletableFuture<Void> statement =
          CompletableFuture.runAsync(() -> execute(lost, "ALTER CLUSTER prod SET (SIZE = '25cc')"));
      Await.until(
          "the new replica is pending",
          () -> muster.sql(REPLICAS).equals(List.of("r1|50cc", "r1-pending|25cc")));
      assertEquals(
          List.of("in-progress|25cc|1|rollback|materialize"),
          muster.sql(
              "SELECT status, target->>'size', (target->>'replication_factor')::bigint, on_timeout,"
                  + " started_by FROM mz_internal.mz_cluster_reconfigurations WHERE status ="
                  + " 'in-progress'"));
      lost.abort(Runnable::run);
      muster.kill9();
      assertTrue(ended(statement), "the statement was told an end that it cannot know");
      muster.start();
      Await.until("it is cut over", () -> muster.sql(REPLICAS).equals(List.of("r1|25cc")));
      muster.awaitServing("prod");
      assertEquals(0, prober.sight().unanswered(), prober.sight()::toString);
    }
    assertEquals(
        List.of("finished"),
        muster.sql(
            "SELECT x.status FROM mz_internal.mz_cluster_reconfigurations x JOIN"
                + " mz_catalog.mz_clusters c ON c.id = x.cluster_id WHERE c.name = 'prod'"));
  }

  @Test
  @Order(3)
  void zonesAndIntrospectionTakeTheSamePathAndARetargetUnderWayInterruptsNobodyEither()
      throws SQLException {
    muster.sql("ALTER CLUSTER prod SET (AVAILABILITY ZONES ('az1'))");
    try (ReadinessProber prober = muster.prober(clusterId);
        Connection other = muster.connect()) {
      CompletableFuture<Void> first =
          CompletableFuture.runAsync(
              () -> execute(other, "ALTER CLUSTER prod SET (AVAILABILITY ZONES ('az2'))"));
      Await.until(
          "the new replica is pending",
          () -> muster.sql(ZONES).equals(List.of("r1|az1", "r1-pending|az2")));
      muster.sql("ALTER CLUSTER prod SET (INTROSPECTION INTERVAL = '5 s')");
      assertEquals("57014", sqlState(first));
      assertEquals(List.of("r1|az2"), muster.sql(ZONES));
      assertEquals(
          List.of("{az2}|00:00:05"),
          muster.sql(
              "SELECT availability_zones, introspection_interval FROM mz_catalog.mz_clusters WHERE"
                  + " name = 'prod'"));
      Await.until("the old processes have ended", () -> processes().size() == 1);
      assertEquals(0, prober.sight().unanswered(), prober.sight()::toString);
    }
  }

  private static String sqlState(CompletableFuture<Void> statement) {
    try {
      statement.join();
      return "none: it succeeded";
    } catch (CompletionException failure) {
      return failure.getCause() instanceof SQLException refused
          ? refused.getSQLState()
          : failure.toString();
    }
  }

  private static void execute(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException gone) {
      throw new CompletionException(gone);
    }
  }

  private static boolean ended(CompletableFuture<Void> statement) {
    try {
      statement.join();
      return false;
    } catch (CompletionException expected) {
      return true;
    }
  }

  private static List<Long> processes() {
    return ofTheCluster().map(WorkloadProcess::pid).sorted().toList();
  }

  private static Stream<WorkloadProcess> ofTheCluster() {
    return muster.replicaProcesses().stream().filter(one -> one.isOf(clusterId));
  }
}

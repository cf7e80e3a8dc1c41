package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.deploy.workload.BundledWorkload;
import dev.muster.deploy.workload.ReadinessProber;
import dev.muster.deploy.workload.WorkloadProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Replicas that come and go, and sizes that change, by themselves: a hydration burst and a load
 * that is real, on real processes, started by the launcher.
 */
class ScalingIT {
  /** As the defaults, in seconds instead of minutes; and memory decides nothing here. */
  private static final String SETTINGS =
      """
      muster.environment.default-cluster.replication-factor = 0
      muster.runtime.process {
        command = [%s]
        memory-fraction = 1
        observation-interval = 250 ms
        liveness-interval = 250 ms
      }
      muster.clusters.load {
        grow-above-cpu = 50
        fill-up-to = 45
        grow-window = 1 s
        shrink-window = 2 s
        cool-down = 1 s
      }
      """;

  /** Replicas of 25cc hydrate only once the gate is open, those of other sizes at once. */
  private static final String GATED =
      "while [ $MUSTER_SIZE = 25cc ] && [ ! -e $0 ]; do sleep 0.05; done; exec \"$@\"";

  /** Takes one processor for longer than anybody waits. */
  private static final String ENDLESS = "SELECT sum(hash(i)) FROM range(1000000000000) AS r(i)";

  @RegisterExtension static final Harness HARNESS = new Harness();

  private static RunningMuster muster;
  private static Path gate;

  @BeforeAll
  static void start() throws Exception {
    Path folder = HARNESS.folder();
    gate = folder.resolve("gate");
    List<String> command = new ArrayList<>(List.of("sh", "-c", GATED, gate.toString()));
    command.addAll(BundledWorkload.command(folder.resolve("workload")));
    String quoted =
        command.stream()
            .map(word -> '"' + word.replace("\"", "\\\"") + '"')
            .collect(Collectors.joining(", "));
    Path settings = Files.writeString(folder.resolve("scaling.conf"), SETTINGS.formatted(quoted));
    muster =
        HARNESS
            .aMuster()
            .withRuntime("process")
            .with("--config", settings.toString())
            .byLauncher()
            .start();
  }

  @Test
  void aBurstReplicaServesWhileTheClustersOwnHydratesAndGoesAfterItHasLingered() throws Exception {
    muster.sql(
        "CREATE CLUSTER bursting (SIZE = '25cc', AUTO SCALING STRATEGY = (ON HYDRATION ("
            + "HYDRATION SIZE = '50cc', LINGER DURATION = '500ms')))");
    try (ReadinessProber prober = muster.prober(clusterId("bursting"))) {
      Await.until(
          "the burst replica alone serves",
          () -> replicas("bursting").equals(List.of("r1|25cc|f", "r1-burst|50cc|t")));
      assertEquals(
          List.of("50cc|null"),
          muster.sql(
              "SELECT state->'on_hydration'->>'burst_size',"
                  + " state->'on_hydration'->>'lingers_until'"
                  + " FROM mz_internal.mz_cluster_auto_scaling_strategies"));
      Files.createFile(gate);
      Await.until(
          "the cluster's own serves, and alone",
          () -> replicas("bursting").equals(List.of("r1|25cc|t")));
      assertEquals(0, prober.sight().unanswered(), prober.sight()::toString);
    } finally {
      Files.deleteIfExists(gate);
    }
    assertEquals(
        List.of(
            "hydration|burst-started|50cc|hydrating",
            "hydration|burst-lingers|50cc|caught-up",
            "hydration|burst-ended|50cc|caught-up"),
        muster.sql(
            "SELECT strategy, decision, to_size, reason FROM"
                + " mz_internal.mz_cluster_scaling_decisions WHERE cluster_name = 'bursting' ORDER"
                + " BY decided_at"));
    assertEquals(
        List.of("create|hydration-burst", "drop|hydration-burst"),
        muster.sql(
            "SELECT event_type, details->>'reason' FROM mz_catalog.mz_audit_events WHERE"
                + " object_type = 'cluster-replica' AND details->>'replica_name' = 'r1-burst'"
                + " ORDER BY id"));
    muster.sql("DROP CLUSTER bursting");
  }

  @Test
  void aSizeFollowsTheLoadOfARealProcessorUpAndDownAndNobodyIsInterrupted() throws Exception {
    Files.createFile(gate);
    muster.sql("CREATE CLUSTER busy (SIZE = '25cc')");
    muster.awaitServing("busy");
    String id = clusterId("busy");
    try (ReadinessProber prober = muster.prober(id)) {
      burden(id);
      muster.sql("ALTER CLUSTER busy SET (MIN SIZE = '25cc', MAX SIZE = '50cc')");
      Await.until(
          "it has grown, the new replica beside the old one",
          () -> replicas("busy").equals(List.of("r1|50cc|t")));
      Await.until(
          "it has shrunk, since the load went with the old replica",
          () -> replicas("busy").equals(List.of("r1|25cc|t")));
      assertEquals(0, prober.sight().unanswered(), prober.sight()::toString);
    } finally {
      Files.deleteIfExists(gate);
    }
    List<String> decisions =
        muster.sql(
            "SELECT from_size, to_size, reason, cpu_percent >= 50, cpu_percent <= 45,"
                + " memory_percent IS NOT NULL, replicas FROM"
                + " mz_internal.mz_cluster_scaling_decisions WHERE cluster_name = 'busy' ORDER BY"
                + " decided_at");
    assertEquals("25cc|50cc|cpu-high|t|f|t|1", decisions.get(0));
    assertEquals("50cc|25cc|load-low|f|t|t|1", decisions.get(1));
    muster.sql("DROP CLUSTER busy");
  }

  private static String clusterId(String cluster) throws SQLException {
    return muster
        .sql("SELECT id FROM mz_catalog.mz_clusters WHERE name = '" + cluster + "'")
        .getFirst();
  }

  private static List<String> replicas(String cluster) throws SQLException {
    return muster.sql(
        "SELECT r.name, r.size, h.hydrated FROM mz_catalog.mz_cluster_replicas r JOIN"
            + " mz_catalog.mz_clusters c ON c.id = r.cluster_id JOIN"
            + " mz_internal.mz_hydration_statuses h ON h.replica_id = r.id WHERE c.name = '"
            + cluster
            + "' ORDER BY r.name");
  }

  /** A query to each of the cluster's replicas that never ends by itself. */
  private static void burden(String clusterId) {
    HttpClient client = HttpClient.newHttpClient();
    for (WorkloadProcess replica : muster.replicaProcesses()) {
      if (replica.isOf(clusterId)) {
        client.sendAsync(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + replica.httpPort() + "/query"))
                .POST(BodyPublishers.ofString(ENDLESS))
                .build(),
            BodyHandlers.discarding());
      }
    }
  }
}

package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a running Muster tells those who watch it. */
class MonitoringIT {
  @RegisterExtension static final Harness HARNESS = new Harness();

  /** Every metric of Muster's that a node with a cluster has, replicas' utilization aside. */
  private static final Set<String> NAMES =
      Set.of(
          "muster_build_info",
          "muster_ready",
          "muster_sql_connections",
          "muster_statements_total",
          "muster_statement_duration_seconds",
          "muster_journal_events_total",
          "muster_journal_writes_total",
          "muster_journal_write_duration_seconds",
          "muster_journal_size_bytes",
          "muster_entities",
          "muster_entity_recoveries_total",
          "muster_entity_recovery_duration_seconds",
          "muster_clusters",
          "muster_clusters_unserved",
          "muster_cluster_replicas_wanted",
          "muster_cluster_replicas_hydrated",
          "muster_cluster_credits_per_hour",
          "muster_credits_per_hour",
          "muster_replicas",
          "muster_replica_online",
          "muster_replica_consecutive_failures",
          "muster_replica_hydration_duration_seconds",
          "muster_replica_restarts_total",
          "muster_replicas_added_total",
          "muster_replicas_dropped_total",
          "muster_reconfigurations_in_progress",
          "muster_reconfigurations_started_total",
          "muster_reconfigurations_ended_total",
          "muster_reconfiguration_duration_seconds",
          "muster_bursts_in_progress",
          "muster_bursts_started_total",
          "muster_scaling_decisions_total",
          "muster_zones_out_of_service",
          "muster_metrics_detail_omitted");

  private static RunningMuster muster;

  @BeforeAll
  static void start() throws SQLException {
    muster = HARNESS.aMuster().withRuntime("simulated").start();
    muster.sql("CREATE CLUSTER watched (SIZE = '25cc', REPLICATION FACTOR = 2)");
    muster.awaitServing("watched");
    muster.sql("ALTER CLUSTER watched SET (SIZE = '50cc')");
  }

  private static HttpResponse<String> page(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + muster.httpAddress().getPort() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private static String metrics() throws IOException, InterruptedException {
    HttpResponse<String> answer = page("/metrics");
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  private static double value(String metrics, String series) {
    List<String> lines = metrics.lines().filter(line -> line.startsWith(series + " ")).toList();
    assertEquals(1, lines.size(), () -> series + " in\n" + metrics);
    return Double.parseDouble(lines.getFirst().substring(series.length() + 1));
  }

  @Test
  void everyMetricIsThereUnderItsName() throws Exception {
    Set<String> found =
        metrics()
            .lines()
            .filter(line -> line.startsWith("# TYPE muster_"))
            .map(line -> line.split(" ")[2])
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(NAMES), found);
  }

  @Test
  void whatHappenedIsInTheFigures() throws Exception {
    String metrics = metrics();
    assertEquals(
        1, value(metrics, "muster_statements_total{kind=\"create_cluster\",outcome=\"success\"}"));
    assertEquals(
        1, value(metrics, "muster_statement_duration_seconds_count{kind=\"alter_cluster\"}"));
    assertEquals(
        1, value(metrics, "muster_reconfigurations_ended_total{outcome=\"finished\"}"), metrics);
    assertEquals(
        0, value(metrics, "muster_journal_writes_total{entity=\"cluster\",outcome=\"failed\"}"));
    assertTrue(value(metrics, "muster_journal_events_total{entity=\"cluster\"}") > 5);
    assertTrue(value(metrics, "muster_replica_hydration_duration_seconds_count") >= 4);
    assertEquals(1, value(metrics, "muster_ready"));
    assertTrue(metrics.contains("jvm_memory_used_bytes"), metrics);
  }

  @Test
  void theFiguresAreThoseOfTheCatalog() throws Exception {
    String credits =
        muster
            .sql("SELECT sum(credits_per_hour) FROM mz_internal.mz_credit_consumption_rate")
            .getFirst();
    assertEquals(Double.parseDouble(credits), value(metrics(), "muster_credits_per_hour"), 1e-9);
  }

  @Test
  void promtoolFindsNothingToSay() throws Exception {
    Needs.promtool();
    Program.Result check =
        Program.runMerged(List.of("promtool", "check", "metrics"), Map.of(), metrics());
    // Names of the JVM's are the library's affair.
    List<String> ours = check.output().lines().filter(line -> line.startsWith("muster_")).toList();
    assertEquals(List.of(), ours);
    assertTrue(check.exitCode() == 0 || check.exitCode() == 3, check.output());
  }

  @Test
  void aRunningNodeIsAliveAndReady() throws Exception {
    assertEquals("alive\n", page("/alive").body());
    assertEquals("ready\n", page("/ready").body());
  }
}

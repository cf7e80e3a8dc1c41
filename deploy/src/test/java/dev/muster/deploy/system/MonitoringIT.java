package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
          "muster_clock_ahead_seconds",
          "muster_journal_size_bytes",
          "muster_entities",
          "muster_entity_recoveries_total",
          "muster_unreadable_entities",
          "muster_history_unreadable",
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

  private static final Path MONITORING =
      Path.of(System.getProperty("muster.root"), "deploy", "monitoring");

  private static final Pattern METRIC = Pattern.compile("\\b(?:muster|jvm|process)_[a-z_]+\\b");

  /** There only while there is something to tell, or an alert's own words. */
  private static final Set<String> OF_SOME =
      Set.of(
          "muster_replica_cpu_usage_ratio",
          "muster_replica_memory_usage_ratio",
          "muster_cluster_reconfiguration_deadline_timestamp_seconds",
          "muster_cluster_reconfiguration_start_timestamp_seconds",
          "muster_zone_out_of_service");

  /** What nobody measures of simulated replicas. */
  private static final Set<String> OF_REAL_PROCESSES =
      Set.of("muster_replica_cpu_usage_ratio", "muster_replica_memory_usage_ratio");

  private static RunningMuster muster;

  @BeforeAll
  static void start() throws SQLException {
    muster = HARNESS.aMuster().withRuntime("simulated").start();
    muster.sql("CREATE CLUSTER watched (SIZE = '25cc', REPLICATION FACTOR = 2)");
    muster.awaitServing("watched");
    muster.sql("ALTER CLUSTER watched SET (SIZE = '50cc')");
    muster.sql("CREATE CLUSTER unadvised (SIZE = '25cc', REPLICATION FACTOR = 1)");
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
        2, value(metrics, "muster_statements_total{kind=\"create_cluster\",outcome=\"success\"}"));
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
  void theAlertsFireOnTheirCausesAndOnNothingElse() {
    Needs.promtool();
    String folder = MONITORING.resolve("prometheus").toString();
    Program.runMerged(
            List.of("promtool", "check", "config", folder + "/prometheus.yml"), Map.of(), "")
        .succeeded();
    Program.runMerged(
            List.of("promtool", "test", "rules", folder + "/muster-alerts-test.yml"), Map.of(), "")
        .succeeded();
  }

  @Test
  void aPrometheusThatScrapesMusterRaisesTheAlarmAndEndsIt() throws Exception {
    Needs.prometheus();
    try (PrometheusServer prometheus = PrometheusServer.of(MONITORING, muster.httpAddress())) {
      Await.until("scraped", () -> isUp(prometheus.ask("targets")));
      muster.sql("ALTER AVAILABILITY ZONE az3 SET OFFLINE");
      try {
        Await.until("the alarm", () -> prometheus.fires("MusterZoneLost"));
      } finally {
        muster.sql("ALTER AVAILABILITY ZONE az3 SET ONLINE");
      }
      Await.until("its end", () -> !prometheus.fires("MusterZoneLost"));
      Await.until("all rules are understood", prometheus::understandsAllRules);
      assertFalse(prometheus.fires("MusterNodeDown"));
      everyPanelHasSomethingToShow(prometheus);
    }
  }

  /** Each expression of the dashboard, for all nodes and clusters, as Grafana would ask it. */
  private static void everyPanelHasSomethingToShow(PrometheusServer prometheus) throws Exception {
    List<String> expressions =
        new ObjectMapper()
            .readTree(MONITORING.resolve("grafana/dashboards/muster.json").toFile())
            .get("panels")
            .findValuesAsText("expr");
    assertTrue(expressions.size() >= 20, expressions::toString);
    for (String expression : expressions) {
      if (OF_REAL_PROCESSES.stream().anyMatch(expression::contains)) {
        continue;
      }
      String asked =
          URLEncoder.encode(
              expression.replace("$instance", ".*").replace("$cluster", ".*"),
              StandardCharsets.UTF_8);
      Await.until(
          expression, () -> !prometheus.ask("query?query=" + asked).get("result").isEmpty());
    }
  }

  private static boolean isUp(JsonNode targets) {
    return targets.at("/activeTargets/0/health").asText().equals("up");
  }

  @Test
  void rulesAndDashboardsAskForMetricsThatThereAre() throws Exception {
    String metrics = metrics();
    for (String file : List.of("prometheus/muster-alerts.yml", "grafana/dashboards/muster.json")) {
      Set<String> unknown =
          METRIC
              .matcher(Files.readString(MONITORING.resolve(file)))
              .results()
              .map(MatchResult::group)
              .filter(name -> !OF_SOME.contains(name))
              .filter(
                  name ->
                      !metrics.contains("\n" + name + " ") && !metrics.contains("\n" + name + "{"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(Set.of(), unknown, file);
    }
  }

  @Test
  void theDashboardIsJsonWithoutTwoPanelsInOnePlace() throws Exception {
    JsonNode panels =
        new ObjectMapper()
            .readTree(MONITORING.resolve("grafana/dashboards/muster.json").toFile())
            .get("panels");
    Set<String> places = new TreeSet<>();
    panels.forEach(
        panel -> places.add(panel.get("gridPos").get("x") + "/" + panel.get("gridPos").get("y")));
    assertEquals(panels.size(), places.size());
  }

  @Test
  void theExportersQueriesGiveWhatTheyAreToExport() throws Exception {
    for (String file : List.of("sql_exporter/sql_exporter.yml", "datadog/postgres.yaml")) {
      List<String> queries = queries(Files.readString(MONITORING.resolve(file)));
      assertTrue(queries.size() >= 4, file);
      for (String query : queries) {
        List<String> rows = muster.sql(query);
        assertTrue(!rows.isEmpty() || query.contains("utilization"), () -> "no row of " + query);
      }
    }
  }

  /** Each block behind {@code query: |}, up to where the indentation ends. */
  private static List<String> queries(String yaml) {
    List<String> queries = new ArrayList<>();
    Matcher block = Pattern.compile("( +)query: \\|\\n((?:\\1 {2}.*\\n)+)").matcher(yaml);
    while (block.find()) {
      queries.add(block.group(2).strip());
    }
    return queries;
  }

  @Test
  void aRunningNodeIsAliveAndReady() throws Exception {
    assertEquals("alive\n", page("/alive").body());
    assertEquals("ready\n", page("/ready").body());
  }
}

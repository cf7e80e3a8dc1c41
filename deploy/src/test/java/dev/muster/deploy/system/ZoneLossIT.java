package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.deploy.workload.ReadinessProber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A zone is lost under real processes, and comes back, while somebody asks the cluster every 5 ms
 * (invariants 6 and 7).
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ZoneLossIT {
  private static final String HYDRATED_BY_ZONE =
      "SELECT r.availability_zone, count(*) FROM mz_catalog.mz_cluster_replicas r JOIN"
          + " mz_catalog.mz_clusters c ON c.id = r.cluster_id JOIN"
          + " mz_internal.mz_hydration_statuses h ON h.replica_id = r.id WHERE c.name = 'prod' AND"
          + " h.hydrated GROUP BY 1 ORDER BY 1";

  private static final String ZONE_STATES =
      "SELECT name, state FROM mz_internal.mz_availability_zones ORDER BY name";

  /** A drill in which the process of the first argument is stopped as soon as the zone is out. */
  private static final String STALLED_DRILL =
      """
      { eval "$DRILL"; echo "exit code $?"; } | {
        while IFS= read -r line; do
          case $line in
            *" is out; "*) kill -STOP "$1"; sleep 2; kill -CONT "$1" ;;
            "exit code "*) exit "${line#exit code }" ;;
          esac
          printf '%s\\n' "$line"
        done
        exit 99
      }
      """;

  @RegisterExtension static final Harness HARNESS = new Harness();

  private static RunningMuster muster;
  private static String clusterId;

  @BeforeAll
  static void start() throws Exception {
    Path settings = HARNESS.folder().resolve("muster.conf");
    Files.writeString(settings, "muster.host.capacity.memory = 64 GiB");
    muster = HARNESS.aMuster().withRuntime("process").with("--config", settings.toString()).start();
    muster.sql("CREATE CLUSTER prod (SIZE = '25cc', REPLICATION FACTOR = 3)");
    muster.sql("DROP CLUSTER quickstart");
    Await.until(
        "one replica serves in each zone",
        () -> muster.sql(HYDRATED_BY_ZONE).equals(List.of("az1|1", "az2|1", "az3|1")));
    clusterId = muster.sql("SELECT id FROM mz_catalog.mz_clusters WHERE name = 'prod'").getFirst();
  }

  @Test
  @Order(1)
  void whatWasInTheZoneIsPlacedAnewThoughMusterIsKilledMeanwhile() throws SQLException {
    try (ReadinessProber prober = muster.prober(clusterId)) {
      muster.sql("ALTER AVAILABILITY ZONE az1 SET OFFLINE REASON 'a test'");
      muster.kill9();
      muster.start();
      Await.until(
          "three replicas serve in the zones left",
          () -> {
            List<String> serving = muster.sql(HYDRATED_BY_ZONE);
            return serving.equals(List.of("az2|2", "az3|1"))
                || serving.equals(List.of("az2|1", "az3|2"));
          });
      assertEquals(List.of("az1|offline", "az2|online", "az3|online"), muster.sql(ZONE_STATES));
      assertEquals(0, prober.sight().unanswered(), prober.sight()::toString);
    }
  }

  @Test
  @Order(2)
  void theSpreadIsRepairedWhenTheZoneIsBack() throws SQLException {
    List<String> plan = muster.sql("EXPLAIN ALTER AVAILABILITY ZONE az1 SET ONLINE");
    assertTrue(
        plan.stream().anyMatch(line -> line.matches("  add +prod\\.r.-moving .* zone az1 .*")),
        plan::toString);
    assertTrue(
        plan.stream().anyMatch(line -> line.matches("  rename +prod\\.r.-moving to r.")),
        plan::toString);
    try (ReadinessProber prober = muster.prober(clusterId)) {
      muster.sql("ALTER AVAILABILITY ZONE az1 SET ONLINE");
      Await.until(
          "one replica serves in each zone",
          () -> muster.sql(HYDRATED_BY_ZONE).equals(List.of("az1|1", "az2|1", "az3|1")));
      assertEquals(
          List.of("r1", "r2", "r3"),
          muster.sql(
              "SELECT r.name FROM mz_catalog.mz_cluster_replicas r WHERE r.cluster_id = '"
                  + clusterId
                  + "' ORDER BY 1"));
      assertEquals(0, prober.sight().unanswered(), prober.sight()::toString);
    }
    assertTrue(
        muster
            .sql(
                "SELECT count(*) FROM mz_catalog.mz_audit_events WHERE details->>'reason' ="
                    + " 'zone-repair'")
            .stream()
            .allMatch(count -> Integer.parseInt(count) >= 4),
        "the audit log does not say why replicas came and went");
  }

  @Test
  @Order(3)
  void aReplicaThatFitsNowhereWaitsAndSaysWhy() throws SQLException {
    muster.sql("CREATE CLUSTER vast (SIZE = '512C')");
    String reason =
        "SELECT s.status, s.reason FROM mz_internal.mz_cluster_replica_statuses s JOIN"
            + " mz_catalog.mz_cluster_replicas r ON r.id = s.replica_id JOIN"
            + " mz_catalog.mz_clusters c ON c.id = r.cluster_id WHERE c.name = 'vast'";
    assertEquals(List.of("offline|no-capacity"), muster.sql(reason));
    muster.sql("DROP CLUSTER vast");
  }

  /** Every look stalls for longer than the drill wants calm, right after the loss. */
  @Test
  @Order(4)
  void aDrillIsNotPassedByLooksFromBeforeTheLoss() throws Exception {
    muster.sql("CREATE CLUSTER single (SIZE = '25cc')");
    muster.awaitServing("single");
    String zone =
        muster
            .sql(
                "SELECT r.availability_zone FROM mz_catalog.mz_cluster_replicas r JOIN"
                    + " mz_catalog.mz_clusters c ON c.id = r.cluster_id WHERE c.name = 'single'")
            .getFirst();
    muster.sql(
        "CREATE CLUSTER pinned REPLICAS (r1 (SIZE = '25cc', AVAILABILITY ZONE = '" + zone + "'))");
    muster.sql("CREATE CLUSTER confined (SIZE = '25cc', AVAILABILITY ZONES = ('" + zone + "'))");
    muster.awaitServing("pinned");
    muster.awaitServing("confined");
    Program.Result drill =
        Program.run(
            List.of("sh", "-c", STALLED_DRILL, "sh", Long.toString(muster.processId())),
            Map.of("DRILL", drill(zone)),
            "");
    assertEquals(0, drill.exitCode(), drill::toString);
    assertTrue(drill.output().contains("2 (several zones)"), drill::output);
    assertTrue(drill.output().contains(": 1 of 1 served throughout."), drill::output);
    assertTrue(
        drill.output().contains(": 1 of 1 served again without it, the slowest"), drill::output);
    assertTrue(drill.output().contains("wait for it: 2 of 2 served again,"), drill::output);
    assertTrue(drill.output().endsWith("PASSED\n"), drill::output);
    for (String cluster : List.of("single", "pinned", "confined")) {
      muster.sql("DROP CLUSTER " + cluster);
    }
  }

  private static String drill(String zone) {
    return Distribution.command(
            List.of("drill", "zone", zone, "--data-dir", muster.dataDirectory().toString()))
        .stream()
        .map(word -> "'" + word + "'")
        .collect(Collectors.joining(" "));
  }
}

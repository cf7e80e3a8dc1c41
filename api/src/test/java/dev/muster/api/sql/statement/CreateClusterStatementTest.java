package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.api.sql.Talk;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.event.SizeRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CreateClusterStatementTest {
  private final Talk talk = new Talk();

  private EnvironmentCommand.CreateCluster create(String sql) {
    assertEquals("CREATE CLUSTER", talk.tag(sql));
    return (EnvironmentCommand.CreateCluster) talk.muster.asked().getLast().command();
  }

  private Managed managed(String sql) {
    return (Managed) create(sql).configuration();
  }

  @Test
  void theNewClusterBelongsToItsMaker() {
    assertEquals("materialize", create("CREATE CLUSTER c SIZE small").owner());
  }

  @Test
  void unquotedNamesFoldAndQuotedOnesDoNot() {
    assertEquals("prod", create("create cluster PROD size 'small'").name());
    assertEquals("Q \"x\"", create("CREATE CLUSTER \"Q \"\"x\"\"\" SIZE 'small'").name());
    assertEquals("replica", create("CREATE CLUSTER \"replica\" SIZE 'small'").name());
  }

  @Test
  void bareAndParenthesizedOptionsMeanTheSame() {
    assertEquals(
        create("CREATE CLUSTER c SIZE = 'small', REPLICATION FACTOR 2"),
        create("CREATE CLUSTER c (SIZE 'small', REPLICATION FACTOR = 2)"));
  }

  @Test
  void aNameMayStandForAText() {
    assertEquals("medium", managed("CREATE CLUSTER c SIZE medium").size());
    assertEquals("1", managed("CREATE CLUSTER c SIZE \"1\"").size());
    assertEquals("it's", managed("CREATE CLUSTER c SIZE $$it's$$").size());
    assertEquals("a\tb", managed("CREATE CLUSTER c SIZE E'a\\tb'").size());
    assertEquals("däta", managed("CREATE CLUSTER c SIZE U&'d\\00e4ta'").size());
  }

  @Test
  void everyOptionOfAManagedClusterIsHandedOn() {
    Managed cluster =
        managed(
            """
            CREATE CLUSTER c (SIZE 's', REPLICATION FACTOR 2, AVAILABILITY ZONES = ['az2','az1'],
              INTROSPECTION INTERVAL = '2s', INTROSPECTION DEBUGGING = TRUE,
              IDLE ARRANGEMENT MERGE EFFORT 7, DISK, SCHEDULE = MANUAL, MANAGED,
              AUTO SCALING STRATEGY = (ON HYDRATION (HYDRATION SIZE = 'l', LINGER DURATION '1m')))
            """);
    assertEquals(2, cluster.replicationFactor());
    assertEquals(List.of("az2", "az1"), cluster.availabilityZones());
    assertEquals(Optional.of(Duration.ofSeconds(2)), cluster.settings().introspectionInterval());
    assertTrue(cluster.settings().introspectionDebugging());
    assertEquals(Optional.of(7), cluster.settings().idleArrangementMergeEffort());
    assertEquals(Optional.of(true), cluster.settings().disk());
    assertEquals(
        Optional.of(new AutoScalingStrategy("l", Optional.of(Duration.ofMinutes(1)))),
        cluster.autoScaling());
  }

  @Test
  void twoSizesInPlaceOfOneLetItFollowTheLoadFromTheSmallestOn() {
    Managed cluster =
        managed("CREATE CLUSTER foo REPLICATION FACTOR 3, MIN SIZE 'small', MAX SIZE 'xlarge'");
    assertEquals(Optional.of(new SizeRange("small", "xlarge")), cluster.sizeRange());
    assertEquals("small", cluster.size());
    assertEquals(3, cluster.replicationFactor());
  }

  @Test
  void zerosTurnIntrospectionOff() {
    assertEquals(
        Optional.empty(),
        managed("CREATE CLUSTER c (SIZE 's', INTROSPECTION INTERVAL 0)")
            .settings()
            .introspectionInterval());
  }

  @Test
  void aScheduledClusterBeginsOff() {
    Managed cluster =
        managed(
            "CREATE CLUSTER c (SIZE 's', SCHEDULE = ON REFRESH (HYDRATION TIME ESTIMATE = '1"
                + " hour'))");
    assertEquals(new Schedule.OnRefresh(Optional.of(Duration.ofHours(1))), cluster.schedule());
    assertEquals(0, cluster.replicationFactor());
    assertEquals(
        new Schedule.OnRefresh(Optional.empty()),
        managed("CREATE CLUSTER c (SIZE 's', SCHEDULE ON REFRESH)").schedule());
  }

  @Test
  void noStrategyIsNone() {
    assertEquals(
        Optional.empty(),
        managed("CREATE CLUSTER c (SIZE 's', AUTO SCALING STRATEGY = ())").autoScaling());
  }

  @Test
  void optionsOfReplicas() {
    List<ReplicaPlan> replicas =
        create(
                "CREATE CLUSTER \"n\" (REPLICAS ( \"r1\" (SIZE '1', AVAILABILITY ZONE 'az1'), R2"
                    + " (SIZE '2')))")
            .replicas();
    assertEquals(List.of("r1", "r2"), replicas.stream().map(ReplicaPlan::name).toList());
    assertEquals(Optional.of("az1"), replicas.getFirst().availabilityZone());
  }

  @Test
  void ifNotExistsIsForTheEnvironmentToJudge() {
    talk.muster.willNotice(new Notice.ClusterAlreadyExists("c"));
    assertTrue(create("CREATE CLUSTER IF NOT EXISTS c SIZE 's'").ifNotExists());
    assertEquals(List.of("cluster \"c\" already exists, skipping"), talk.notices());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "() | Expected one of AUTO or AVAILABILITY or DISK or IDLE or INTROSPECTION or MANAGED or"
            + " MAX or MIN or REPLICAS or REPLICATION or SCHEDULE or SIZE or WORKLOAD, found right"
            + " parenthesis | 42601",
        "(REPLICATION FACTOR 1) | SIZE must be specified for managed clusters | 22023",
        "(SIZE 's', REPLICAS ()) | SIZE not supported for unmanaged clusters | 22023",
        "(MANAGED, REPLICAS ()) | REPLICAS not supported for managed clusters | 22023",
        "(MANAGED = true, REPLICAS ()) | REPLICAS not supported for managed clusters | 22023",
        "(MANAGED = false, SIZE 's') | REPLICAS must be specified for unmanaged clusters | 22023",
        "(REPLICAS (), REPLICATION FACTOR 1) | REPLICATION FACTOR not supported for unmanaged"
            + " clusters | 22023",
        "(REPLICAS (), AVAILABILITY ZONES ['a']) | AVAILABILITY ZONES not supported for unmanaged"
            + " clusters | 22023",
        "(REPLICAS (), SCHEDULE ON REFRESH) | cluster schedules other than MANUAL are not supported"
            + " for unmanaged clusters | 22023",
        "(REPLICAS (r ())) | SIZE option must be specified | 22023",
        "(REPLICAS (r (SIZE 's', SIZE 's'))) | SIZE specified more than once | 42601",
        "(SIZE 's', SIZE 't') | SIZE specified more than once | 42601",
        "(SIZE 's', REPLICATION FACTOR 1, REPLICATION FACTOR 2) | REPLICATION FACTOR specified more"
            + " than once | 42601",
        "(SIZE 1) | invalid SIZE: must provide a string value | 22023",
        "(SIZE) | invalid SIZE: must provide a string value | 22023",
        "(SIZE = NULL) | invalid SIZE: must provide a string value | 22023",
        "(SIZE 's', REPLICATION FACTOR -1) | invalid REPLICATION FACTOR: must be an integer between"
            + " 0 and 2147483647 | 22023",
        "(SIZE 's', REPLICATION FACTOR 2147483648) | invalid REPLICATION FACTOR: must be an integer"
            + " between 0 and 2147483647 | 22023",
        "(SIZE 's', REPLICATION FACTOR 1.5) | invalid REPLICATION FACTOR: must be an integer"
            + " between 0 and 2147483647 | 22023",
        "(SIZE 's', REPLICATION FACTOR '1') | invalid REPLICATION FACTOR: must provide an integer"
            + " value | 22023",
        "(SIZE 's', MANAGED 3) | invalid MANAGED: must provide a boolean value | 22023",
        "(SIZE 's', INTROSPECTION INTERVAL 'soon') | invalid INTROSPECTION INTERVAL: invalid"
            + " interval: \"soon\" | 22007",
        "(SIZE 's', INTROSPECTION INTERVAL 0, INTROSPECTION DEBUGGING) | INTROSPECTION DEBUGGING"
            + " cannot be specified without INTROSPECTION INTERVAL | 22023",
        "(SIZE 's', AVAILABILITY ZONES 'a') | invalid AVAILABILITY ZONES: must provide an array"
            + " value | 22023",
        "(SIZE 's', SCHEDULE ON REFRESH, REPLICATION FACTOR 1) | REPLICATION FACTOR cannot be given"
            + " together with any SCHEDULE other than MANUAL | 22023",
        "(SIZE 's', AUTO SCALING STRATEGY (ON HYDRATION (LINGER DURATION '1s'))) | HYDRATION SIZE"
            + " option must be specified | 22023",
        "(SIZE 's', MIN SIZE 's', MAX SIZE 'xl') | SIZE cannot be given together with MIN SIZE and"
            + " MAX SIZE | 22023",
        "(MIN SIZE 's') | MIN SIZE and MAX SIZE must be given together, and reset together | 22023",
        "(MAX SIZE 's') | MIN SIZE and MAX SIZE must be given together, and reset together | 22023",
        "(MIN SIZE 's', MIN SIZE 's') | MIN SIZE specified more than once | 42601",
        "(MIN SIZE 1, MAX SIZE 's') | invalid MIN SIZE: must provide a string value | 22023",
        "(REPLICAS (), MAX SIZE 's') | MAX SIZE not supported for unmanaged clusters | 22023",
        "(SIZE 's', WORKLOAD CLASS 'x') | WORKLOAD CLASS is not supported | 0A000",
        "(REPLICAS (r (SIZE 's', INTERNAL))) | INTERNAL may only be specified by the role"
            + " \"mz_system\" | 42501",
        "(REPLICAS (r (SIZE 's', BILLED AS 's'))) | BILLED AS may only be specified by the role"
            + " \"mz_system\" | 42501",
      })
  void mistakesInOptions(String options, String message, String sqlState) {
    var error = talk.fails("CREATE CLUSTER c " + options);
    assertEquals(message, error.message());
    assertEquals(sqlState, error.sqlState());
    assertEquals(List.of(), talk.muster.asked());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "exists | cluster 'c' already exists | 42710",
        "size | unknown cluster replica size huge | 22023",
        "zone | unknown cluster replica availability zone az9 | 22023",
        "zones | availability zone \"az1\" specified more than once | 22023",
        "reserved | cluster name \"mz_c\" is reserved | 42939",
        "replicas | creating cluster replica would violate max_replicas_per_cluster limit (desired:"
            + " 99, limit: 5, current: 0) | 54000",
        "twice | cannot create multiple replicas named 'r1' on cluster 'c' | 42710",
      })
  void refusals(String kind, String message, String sqlState) {
    talk.muster.willRefuse(
        switch (kind) {
          case "exists" -> new Rejection.ClusterExists("c");
          case "size" -> new Rejection.SizeUnknown("huge");
          case "zone" -> new Rejection.ZoneUnknown("az9");
          case "zones" -> new Rejection.ZoneRepeated("az1");
          case "reserved" -> new Rejection.ClusterNameReserved("mz_c");
          case "twice" -> new Rejection.ReplicaNameTaken("r1");
          default -> new Rejection.TooManyReplicas(99, 5, 0);
        });
    var error = talk.fails("CREATE CLUSTER c SIZE 's'");
    assertEquals(message, error.message());
    assertEquals(sqlState, error.sqlState());
  }

  @Test
  void theSystemMayUseItsOwnOptions() {
    Talk system = new Talk("mz_system", Map.of());
    system.send("CREATE CLUSTER c REPLICAS (r (SIZE 's', INTERNAL, BILLED AS 'free'))");
    ReplicaPlan plan =
        ((EnvironmentCommand.CreateCluster) system.muster.onlyCommand()).replicas().getFirst();
    assertTrue(plan.internal());
    assertEquals(Optional.of("free"), plan.billedAs());
  }

  @Test
  void othersThanSuperusersMayNot() {
    var error = new Talk("joe", Map.of()).fails("CREATE CLUSTER c SIZE 's'");
    assertEquals("permission denied for SYSTEM", error.message());
    assertEquals("42501", error.sqlState());
  }
}

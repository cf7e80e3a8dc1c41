package dev.muster.api.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Patch;
import dev.muster.api.command.Rejection;
import dev.muster.api.error.SqlMessage;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ReplicaPlan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every example of the design of managed clusters, as it is written there. */
final class SeedTest {
  private final Talk talk = new Talk();

  @Test
  void unmanagedClusterWithItsReplicas() {
    String sql =
        """
        CREATE CLUSTER c REPLICAS (
        r1 (SIZE 'small'),
        r2 (SIZE 'medium')
        );
        """;
    assertEquals("CREATE CLUSTER", talk.tag(sql));
    EnvironmentCommand.CreateCluster create =
        (EnvironmentCommand.CreateCluster) talk.muster.onlyCommand();
    assertEquals("c", create.name());
    assertEquals(new ClusterConfiguration.Unmanaged(), create.configuration());
    assertEquals(
        List.of("r1=small", "r2=medium"),
        create.replicas().stream().map(r -> r.name() + "=" + r.size()).toList());
  }

  @Test
  void clusterWithoutReplicas() {
    talk.send("CREATE CLUSTER c REPLICAS ();");
    EnvironmentCommand.CreateCluster create =
        (EnvironmentCommand.CreateCluster) talk.muster.onlyCommand();
    assertEquals(List.of(), create.replicas());
    assertEquals(new ClusterConfiguration.Unmanaged(), create.configuration());
  }

  @Test
  void replicasByHand() {
    talk.muster.unmanaged("c", "materialize", "r1", "r2");
    talk.send("DROP CLUSTER REPLICA c.r2;");
    assertEquals(new ClusterCommand.DropReplicas(List.of("r2"), false), talk.muster.onlyCommand());
    for (String name : List.of("r2", "r3", "r1_big", "r2_big", "r3_big")) {
      assertEquals(
          "CREATE CLUSTER REPLICA",
          talk.tag("CREATE CLUSTER REPLICA c." + name + " SIZE 'medium';"));
      ReplicaPlan plan =
          ((ClusterCommand.CreateReplica) talk.muster.asked().getLast().command()).replica();
      assertEquals(name, plan.name());
      assertEquals("medium", plan.size());
    }
  }

  @Test
  void managedClusters() {
    talk.send("CREATE CLUSTER foo SIZE 'small';");
    talk.send("CREATE CLUSTER foo2 SIZE 'small', REPLICATION FACTOR 2;");
    assertEquals(
        List.of(FakeMuster.managed("small", 1), FakeMuster.managed("small", 2)),
        talk.muster.asked().stream()
            .map(asked -> ((EnvironmentCommand.CreateCluster) asked.command()).configuration())
            .toList());
  }

  @Test
  void alterations() {
    talk.muster.managed("foo", "materialize", "small", 1);
    assertEquals(Patch.set("medium"), alter("ALTER CLUSTER foo SET (SIZE 'medium');").size());
    assertEquals(Patch.set("medium"), alter("ALTER CLUSTER foo SET (SIZE = 'medium');").size());
    assertEquals(
        Patch.set(3), alter("ALTER CLUSTER foo SET (REPLICATION FACTOR 3);").replicationFactor());
    assertEquals(
        Patch.set(0), alter("ALTER CLUSTER foo SET (REPLICATION FACTOR 0);").replicationFactor());
    ClusterCommand.Alter both =
        alter("ALTER CLUSTER foo SET (SIZE = 'medium', REPLICATION FACTOR = 2);");
    assertEquals(Patch.set("medium"), both.size());
    assertEquals(Patch.set(2), both.replicationFactor());
    assertEquals(
        Patch.clear(), alter("ALTER CLUSTER foo RESET (REPLICATION FACTOR);").replicationFactor());
    assertEquals(Optional.of(true), alter("ALTER CLUSTER foo SET (MANAGED = true);").managed());
    assertEquals(
        Optional.of(true),
        alter("ALTER CLUSTER foo SET (MANAGED); -- Shorthand for the above").managed());
    assertEquals(Optional.of(false), alter("ALTER CLUSTER foo SET (MANAGED = false);").managed());
  }

  private ClusterCommand.Alter alter(String sql) {
    assertEquals("ALTER CLUSTER", talk.tag(sql));
    return (ClusterCommand.Alter) talk.muster.asked().getLast().command();
  }

  @Test
  void sizeOfAnUnmanagedCluster() {
    talk.muster.unmanaged("c", "materialize");
    talk.muster.willRefuse(new Rejection.OptionNeedsManaged("SIZE"));
    assertError(
        talk.fails("ALTER CLUSTER c SET (SIZE = 'medium');"),
        "0A000",
        "cannot set SIZE option for unmanaged cluster \"c\"",
        null,
        "Manually manage replicas using CREATE CLUSTER REPLICA and DROP CLUSTER REPLICA, or convert"
            + " the cluster to a managed cluster by running ALTER CLUSTER c SET (MANAGED).");
  }

  @Test
  void conversionOfReplicasOfSeveralSizes() {
    assertConversion(new Rejection.SizesDiffer(), "Replicas do not all have the same size.");
  }

  @Test
  void conversionOfReplicasOfOtherNames() {
    assertConversion(
        new Rejection.NamesOffPattern(List.of("foo", "bar")),
        "The following replicas do not match required naming pattern `r1`, `r2`, ...\nfoo\nbar");
  }

  @Test
  void conversionOfReplicasWithAGap() {
    assertConversion(
        new Rejection.NameMissing("r2"),
        "The replicas do not match required naming pattern `r1`, `r2`, .... The first missing"
            + " replica is \"r2\".");
  }

  private void assertConversion(Rejection rejection, String detail) {
    talk.muster.unmanaged("c", "materialize");
    talk.muster.willRefuse(rejection);
    assertError(
        talk.fails("ALTER CLUSTER c SET (MANAGED);"),
        "0A000",
        "cannot convert cluster \"c\" to a managed cluster",
        detail,
        null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DROP", "CREATE", "RENAME"})
  void replicaOfAManagedCluster(String action) {
    talk.muster.managed("c", "materialize", "small", 1);
    talk.muster.willRefuse(
        new Rejection.ReplicasAreManaged(Rejection.ReplicaAction.valueOf(action)));
    String sql =
        switch (action) {
          case "DROP" -> "DROP CLUSTER REPLICA c.r1;";
          case "CREATE" -> "CREATE CLUSTER REPLICA c.r2 SIZE 'small'";
          default -> "ALTER CLUSTER REPLICA c.r1 RENAME TO r2;";
        };
    assertError(
        talk.fails(sql),
        "0A000",
        "cannot " + action.toLowerCase(java.util.Locale.ROOT) + " replica of managed cluster \"c\"",
        null,
        "Use ALTER CLUSTER to change the cluster's size and replication factor, or convert the"
            + " cluster to an unmanaged cluster by running ALTER CLUSTER c SET (MANAGED = false).");
  }

  @Test
  void renames() {
    talk.muster.managed("c1", "materialize", "small", 1);
    talk.send("ALTER CLUSTER c1 RENAME TO c2;");
    talk.send("ALTER CLUSTER REPLICA c1.r1 RENAME TO r2;");
    assertEquals(
        List.of(
            new EnvironmentCommand.RenameCluster("c1", "c2", false),
            new ClusterCommand.RenameReplica("r1", "r2", false)),
        talk.muster.asked().stream().map(FakeMuster.Asked::command).toList());
  }

  static void assertError(
      SqlMessage error, String sqlState, String message, String detail, String hint) {
    assertEquals(message, error.message());
    assertEquals(sqlState, error.sqlState());
    assertEquals(Optional.ofNullable(detail), error.detail());
    assertEquals(Optional.ofNullable(hint), error.hint());
    assertEquals(SqlMessage.Severity.ERROR, error.severity());
  }
}

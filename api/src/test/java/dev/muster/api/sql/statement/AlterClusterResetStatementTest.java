package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Patch;
import dev.muster.api.command.Rejection;
import dev.muster.api.sql.Talk;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AlterClusterResetStatementTest {
  private final Talk talk = new Talk();

  @BeforeEach
  void aCluster() {
    talk.muster.managed("c", "materialize", "small", 1);
  }

  @Test
  void whatIsNamedIsCleared() {
    talk.send(
        "ALTER CLUSTER c RESET (REPLICATION FACTOR, AVAILABILITY ZONES, SCHEDULE, DISK,"
            + " INTROSPECTION INTERVAL, INTROSPECTION DEBUGGING, IDLE ARRANGEMENT MERGE EFFORT,"
            + " AUTO SCALING STRATEGY, MIN SIZE, MAX SIZE)");
    ClusterCommand.Alter alter = (ClusterCommand.Alter) talk.muster.onlyCommand();
    assertEquals(Patch.keep(), alter.size());
    List<Patch<?>> cleared =
        List.of(
            alter.replicationFactor(),
            alter.availabilityZones(),
            alter.schedule(),
            alter.disk(),
            alter.introspectionInterval(),
            alter.introspectionDebugging(),
            alter.idleArrangementMergeEffort(),
            alter.autoScaling(),
            alter.minSize(),
            alter.maxSize());
    cleared.forEach(patch -> assertEquals(Patch.clear(), patch));
  }

  @Test
  void managedIsTheDefault() {
    talk.send("ALTER CLUSTER c RESET (MANAGED)");
    assertEquals(Optional.of(true), ((ClusterCommand.Alter) talk.muster.onlyCommand()).managed());
  }

  @Test
  void sizeHasNoDefault() {
    talk.muster.willRefuse(new Rejection.NoDefault("SIZE"));
    var error = talk.fails("ALTER CLUSTER c RESET (SIZE)");
    assertEquals("SIZE has no default value", error.message());
    assertEquals("22023", error.sqlState());
  }

  @Test
  void replicasHaveNone() {
    assertEquals(
        "REPLICAS has no default value", talk.fails("ALTER CLUSTER c RESET (REPLICAS)").message());
  }

  @Test
  void onceIsEnough() {
    assertEquals(
        "SIZE specified more than once",
        talk.fails("ALTER CLUSTER c RESET (SIZE, SIZE)").message());
  }

  @Test
  void valuesHaveNoPlaceInIt() {
    assertEquals(
        "Expected right parenthesis, found string literal \"x\"",
        talk.fails("ALTER CLUSTER c RESET (SIZE 'x')").message());
  }
}

package dev.muster.api.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Patch;
import org.junit.jupiter.api.Test;

final class SmokeTest {
  @Test
  void alterReachesItsCluster() {
    Talk talk = new Talk();
    assertEquals("ALTER CLUSTER", talk.tag("ALTER CLUSTER quickstart SET (REPLICATION FACTOR 3)"));
    ClusterCommand.Alter alter = (ClusterCommand.Alter) talk.muster.onlyCommand();
    assertEquals(Patch.set(3), alter.replicationFactor());
    assertEquals("quickstart", talk.value("SHOW cluster"));
    assertEquals("SELECT 1", talk.value("SELECT 1"));
  }
}

package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.sql.Talk;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DropReplicasStatementTest {
  private final Talk talk = new Talk();
  private final ClusterId c = talk.muster.unmanaged("c", "materialize", "r1", "r2");
  private final ClusterId d = talk.muster.unmanaged("d", "materialize", "s");

  @Test
  void thoseOfOneClusterAreItsOwnBusiness() {
    assertEquals("DROP CLUSTER REPLICA", talk.tag("DROP CLUSTER REPLICA c.r1, c.r2, c.r1"));
    assertEquals(
        new ClusterCommand.DropReplicas(List.of("r1", "r2"), false), talk.muster.onlyCommand());
  }

  @Test
  void thoseOfSeveralAreDroppedUnderTheEnvironmentsLead() {
    talk.send("DROP CLUSTER REPLICA c.r2, d.s");
    assertEquals(
        new EnvironmentCommand.DropReplicas(List.of(ReplicaId.of(c, 2), ReplicaId.of(d, 1))),
        talk.muster.onlyCommand());
  }

  @Test
  void noneWhereOneIsUnknown() {
    var error = talk.fails("DROP CLUSTER REPLICA c.r2, d.x");
    assertEquals("CLUSTER d has no CLUSTER REPLICA named \"x\"", error.message());
    assertEquals(List.of(), talk.muster.asked());
  }

  @Test
  void noneWhereOneIsOfAManagedCluster() {
    var error = talk.fails("DROP CLUSTER REPLICA c.r2, quickstart.r1");
    assertEquals("cannot drop replica of managed cluster \"quickstart\"", error.message());
    assertEquals(List.of(), talk.muster.asked());
  }

  @Test
  void ifExistsDropsThoseThatAreThere() {
    talk.send("DROP CLUSTER REPLICA IF EXISTS c.r2, d.x, nope.y");
    assertEquals(
        new EnvironmentCommand.DropReplicas(List.of(ReplicaId.of(c, 2))),
        talk.muster.onlyCommand());
    assertEquals(
        List.of(
            "cluster \"nope\" does not exist, skipping",
            "cluster replica \"x\" does not exist, skipping"),
        talk.notices());
  }
}

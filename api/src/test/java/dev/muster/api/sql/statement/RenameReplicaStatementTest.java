package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Rejection;
import dev.muster.api.sql.Talk;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RenameReplicaStatementTest {
  private final Talk talk = new Talk();

  @BeforeEach
  void aCluster() {
    talk.muster.unmanaged("c", "materialize", "r1");
  }

  @Test
  void theClusterRenames() {
    assertEquals(
        "ALTER CLUSTER REPLICA", talk.tag("ALTER CLUSTER REPLICA IF EXISTS c.r1 RENAME TO \"S\""));
    assertEquals(new ClusterCommand.RenameReplica("r1", "S", true), talk.muster.onlyCommand());
  }

  @Test
  void unknownReplicas() {
    talk.muster.willRefuse(new Rejection.ReplicaUnknown("x"));
    var error = talk.fails("ALTER CLUSTER REPLICA c.x RENAME TO s");
    assertEquals("CLUSTER c has no CLUSTER REPLICA named \"x\"", error.message());
    assertEquals("42704", error.sqlState());
  }

  @Test
  void ifExistsAlsoMeansTheCluster() {
    talk.send("ALTER CLUSTER REPLICA IF EXISTS nope.x RENAME TO s");
    assertEquals(List.of(), talk.muster.asked());
  }
}

package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.api.sql.Talk;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.ReplicaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CreateReplicaStatementTest {
  private final Talk talk = new Talk();

  @BeforeEach
  void aCluster() {
    talk.muster.unmanaged("c", "materialize", "r1");
  }

  @Test
  void everyOptionIsHandedOn() {
    assertEquals(
        "CREATE CLUSTER REPLICA",
        talk.tag(
            "CREATE CLUSTER REPLICA \"c\".\"r\" SIZE = 's', DISK, AVAILABILITY ZONE = 'z',"
                + " INTROSPECTION INTERVAL = '2s', INTROSPECTION DEBUGGING = TRUE,"
                + " IDLE ARRANGEMENT MERGE EFFORT = 3"));
    assertEquals(
        new ClusterCommand.CreateReplica(
            new ReplicaPlan(
                "r",
                "s",
                Optional.of("z"),
                new ReplicaSettings(
                    Optional.of(Duration.ofSeconds(2)), true, Optional.of(3), Optional.of(true)),
                false,
                Optional.empty()),
            false),
        talk.muster.onlyCommand());
  }

  @Test
  void parenthesesAreOptional() {
    talk.send("CREATE CLUSTER REPLICA c.r (SIZE small)");
    assertEquals(
        "small", ((ClusterCommand.CreateReplica) talk.muster.onlyCommand()).replica().size());
  }

  @Test
  void ifNotExistsIsForTheClusterToJudge() {
    talk.muster.willNotice(new Notice.ReplicaAlreadyExists("r1"));
    talk.send("CREATE CLUSTER REPLICA IF NOT EXISTS c.r1 SIZE 's'");
    assertTrue(((ClusterCommand.CreateReplica) talk.muster.onlyCommand()).ifNotExists());
    assertEquals(List.of("cluster replica \"r1\" already exists, skipping"), talk.notices());
  }

  @Test
  void aTakenNameIsRefused() {
    talk.muster.willRefuse(new Rejection.ReplicaNameTaken("r1"));
    var error = talk.fails("CREATE CLUSTER REPLICA c.r1 SIZE 's'");
    assertEquals("cannot create multiple replicas named 'r1' on cluster 'c'", error.message());
    assertEquals("42710", error.sqlState());
  }

  @Test
  void sizeIsNeeded() {
    assertEquals(
        "SIZE option must be specified", talk.fails("CREATE CLUSTER REPLICA c.r2 DISK").message());
  }
}

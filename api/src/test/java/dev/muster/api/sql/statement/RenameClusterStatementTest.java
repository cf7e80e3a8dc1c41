package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Rejection;
import dev.muster.api.sql.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RenameClusterStatementTest {
  private final Talk talk = new Talk();

  @Test
  void theEnvironmentRenames() {
    assertEquals("ALTER CLUSTER", talk.tag("ALTER CLUSTER quickstart RENAME TO \"Q\""));
    assertEquals(
        new EnvironmentCommand.RenameCluster("quickstart", "Q", false), talk.muster.onlyCommand());
  }

  @Test
  void aTakenNameIsRefused() {
    talk.muster.willRefuse(new Rejection.ClusterExists("d"));
    assertEquals(
        "cluster 'd' already exists", talk.fails("ALTER CLUSTER quickstart RENAME TO d").message());
  }

  @Test
  void ifExistsSkips() {
    talk.send("ALTER CLUSTER IF EXISTS nope RENAME TO d");
    assertEquals(List.of("cluster \"nope\" does not exist, skipping"), talk.notices());
  }

  @Test
  void systemClustersKeepTheirNames() {
    assertEquals(
        "must be owner of CLUSTER mz_system",
        talk.fails("ALTER CLUSTER mz_system RENAME TO d").message());
  }
}

package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.EnvironmentCommand.DropClusters;
import dev.muster.api.sql.Talk;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DropClustersStatementTest {
  private final Talk talk = new Talk();

  @BeforeEach
  void clusters() {
    talk.muster.managed("a", "materialize", "small", 1);
    talk.muster.managed("b", "joe", "small", 1);
  }

  @Test
  void allOfThemInOneCommand() {
    assertEquals("DROP CLUSTER", talk.tag("DROP CLUSTER a, b, a CASCADE"));
    assertEquals(new DropClusters(List.of("a", "b"), false), talk.muster.onlyCommand());
  }

  @Test
  void noneWhereOneIsUnknown() {
    var error = talk.fails("DROP CLUSTER a, nope RESTRICT");
    assertEquals("unknown cluster 'nope'", error.message());
    assertEquals(List.of(), talk.muster.asked());
  }

  @Test
  void ifExistsDropsThoseThatAreThere() {
    talk.send("DROP CLUSTER IF EXISTS a, nope");
    assertEquals(new DropClusters(List.of("a"), true), talk.muster.onlyCommand());
    assertEquals(List.of("cluster \"nope\" does not exist, skipping"), talk.notices());
  }

  @Test
  void ifExistsOfNoneIsDone() {
    assertEquals("DROP CLUSTER", talk.tag("DROP CLUSTER IF EXISTS \"nope\" CASCADE"));
    assertEquals(List.of(), talk.muster.asked());
  }

  @Test
  void systemClustersStay() {
    var error = talk.fails("DROP CLUSTER a, mz_system");
    assertEquals("must be owner of CLUSTER mz_system", error.message());
    assertEquals("42501", error.sqlState());
  }
}

package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.sql.Talk;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code COMMENT ON} a cluster, a replica, a role. */
final class CommentStatementsTest {
  private final Talk talk = new Talk();

  @Test
  void onACluster() {
    assertEquals("COMMENT", talk.tag("COMMENT ON CLUSTER quickstart IS 'it''s ours'"));
    assertEquals(
        new ClusterCommand.CommentOn(Optional.empty(), Optional.of("it's ours")),
        talk.muster.onlyCommand());
  }

  @Test
  void nullRemoves() {
    talk.send("COMMENT ON CLUSTER quickstart IS NULL");
    assertEquals(
        new ClusterCommand.CommentOn(Optional.empty(), Optional.empty()),
        talk.muster.onlyCommand());
  }

  @Test
  void onAReplica() {
    talk.send("COMMENT ON CLUSTER REPLICA quickstart.r1 IS 'x'");
    assertEquals(
        new ClusterCommand.CommentOn(Optional.of("r1"), Optional.of("x")),
        talk.muster.onlyCommand());
  }

  @Test
  void onARole() {
    talk.send("COMMENT ON ROLE joe IS 'x'");
    assertEquals(
        new EnvironmentCommand.CommentOnRole("joe", Optional.of("x")), talk.muster.onlyCommand());
    assertEquals("unknown role 'jim'", talk.fails("COMMENT ON ROLE jim IS 'x'").message());
    assertEquals("42501", new Talk("joe", Map.of()).fails("COMMENT ON ROLE joe IS 'x'").sqlState());
  }
}

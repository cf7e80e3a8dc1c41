package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.sql.Talk;
import org.junit.jupiter.api.Test;

final class ChangeClusterOwnerStatementTest {
  private final Talk talk = new Talk();

  @Test
  void theEnvironmentChangesTheOwner() {
    talk.send("ALTER CLUSTER quickstart OWNER TO \"joe\"");
    assertEquals(
        new EnvironmentCommand.ChangeOwner("quickstart", "joe", false), talk.muster.onlyCommand());
  }

  @Test
  void theRoleMustExist() {
    var error = talk.fails("ALTER CLUSTER quickstart OWNER TO nobody");
    assertEquals("unknown role 'nobody'", error.message());
    assertEquals("42704", error.sqlState());
  }
}

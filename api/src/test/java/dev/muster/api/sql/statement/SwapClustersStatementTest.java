package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.EnvironmentCommand.Swap;
import dev.muster.api.command.EnvironmentCommand.SwapClusters;
import dev.muster.api.sql.Talk;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SwapClustersStatementTest {
  private final Talk talk = new Talk();

  @BeforeEach
  void clusters() {
    for (String name : List.of("a", "a_deploy", "b", "b_deploy")) {
      talk.muster.managed(name, "materialize", "small", 1);
    }
  }

  @Test
  void bothNamesChangeInOneCommand() {
    assertEquals("ALTER CLUSTER", talk.tag("ALTER CLUSTER a SWAP WITH b"));
    assertEquals(new SwapClusters(List.of(new Swap("a", "b"))), talk.muster.onlyCommand());
  }

  @Test
  void severalOfOneTransactionAreOneCommand() {
    talk.send(
        "BEGIN; ALTER CLUSTER \"a\" SWAP WITH \"a_deploy\"; ALTER CLUSTER \"b\" SWAP WITH"
            + " \"b_deploy\"; COMMIT;");
    assertEquals(
        new SwapClusters(List.of(new Swap("a", "a_deploy"), new Swap("b", "b_deploy"))),
        talk.muster.onlyCommand());
    assertEquals(
        "ALTER CLUSTER \"a\" SWAP WITH \"a_deploy\"; ALTER CLUSTER \"b\" SWAP WITH \"b_deploy\"",
        talk.muster.asked().getFirst().origin().statement().orElseThrow());
  }

  @Test
  void anUnknownPartnerFailsTheWhole() {
    var error =
        talk.fails("BEGIN; ALTER CLUSTER a SWAP WITH b; ALTER CLUSTER a SWAP WITH x; COMMIT");
    assertEquals("unknown cluster 'x'", error.message());
    assertEquals("ROLLBACK", talk.tag("COMMIT"));
    assertEquals(List.of(), talk.muster.asked());
  }

  @Test
  void bothMustBeOwned() {
    assertEquals(
        "must be owner of CLUSTER mz_system",
        talk.fails("ALTER CLUSTER a SWAP WITH mz_system").message());
  }
}

package dev.muster.api.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.command.Rejection;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.JournalFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionMessagesTest {
  private final RejectionMessages messages = new RejectionMessages(new SizeCatalogue(List.of()));

  private void hintsEndWith(String cluster, String inStatement) {
    assertHint(
        new Rejection.OptionNeedsManaged("SIZE"),
        cluster,
        "by running ALTER CLUSTER " + inStatement + " SET (MANAGED).");
    assertHint(
        new Rejection.ReplicasAreManaged(Rejection.ReplicaAction.DROP),
        cluster,
        "by running ALTER CLUSTER " + inStatement + " SET (MANAGED = false).");
  }

  private void assertHint(Rejection rejection, String cluster, String end) {
    String hint = messages.of(rejection, cluster).hint().orElseThrow();
    assertTrue(hint.endsWith(end), hint);
  }

  @Test
  void aHintQuotesNamesThatAreNotPlain() {
    hintsEndWith("c", "c");
    hintsEndWith("my_cluster2", "my_cluster2");
    hintsEndWith("My Cluster", "\"My Cluster\"");
    hintsEndWith("2fast", "\"2fast\"");
    hintsEndWith("a\"b", "\"a\"\"b\"");
  }

  @Test
  void aFailureOfTheJournalHasTheStateOfWhatBecameOfTheChange() {
    assertEquals("53100", stateOf(JournalFailure.DISK_FULL));
    assertEquals("58030", stateOf(JournalFailure.REFUSED));
    assertEquals("XX001", stateOf(JournalFailure.DAMAGED));
    assertEquals("57P03", stateOf(JournalFailure.UNREACHABLE));
    assertEquals("08007", stateOf(JournalFailure.UNCONFIRMED));
  }

  @Test
  void anEarlierVersionThatDoesNotSayTheKindOfAFailureMeantARefusal() {
    assertEquals("58030", stateOf(null));
  }

  private String stateOf(JournalFailure kind) {
    return messages.of(new Rejection.JournalFailed(kind, "for a reason"), "c").sqlState();
  }

  @Test
  void aFactorForAScheduledClusterIsRefusedAsWithinOneStatement() {
    assertEquals(
        SqlMessage.error(
            "22023",
            "REPLICATION FACTOR cannot be given together with any SCHEDULE other than MANUAL"),
        messages.of(new Rejection.FactorWithSchedule(), "c"));
  }

  @Test
  void debuggingWithoutAnIntervalIsRefusedAsWithinOneStatement() {
    assertEquals(
        SqlMessage.error(
            "22023", "INTROSPECTION DEBUGGING cannot be specified without INTROSPECTION INTERVAL"),
        messages.of(new Rejection.DebuggingWithoutInterval(), "c"));
  }
}

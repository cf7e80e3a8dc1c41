package dev.muster.api.sql.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.command.Notice;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.api.command.ReconfigurationProgress.Ended;
import dev.muster.api.command.ReconfigurationProgress.Finished;
import dev.muster.api.command.ReconfigurationProgress.Hydrating;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.session.SqlSession.TransactionStatus;
import dev.muster.api.sql.FakeMuster;
import dev.muster.api.sql.Talk;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReconfigurationTarget;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A statement waits for its reconfiguration, and tells how far it is. */
@Timeout(60)
final class ReconfigurationWaitTest {
  private static final String RESIZE = "ALTER CLUSTER quickstart SET (SIZE 'medium')";
  private static final String STARTED =
      "reconfiguration started: 2 new replicas of size medium hydrate beside those that serve";
  private static final String CUT_OVER =
      "cut over: the new replicas serve, the old ones are dropped";
  private static final ReconfigurationTarget REALIZED =
      ReconfigurationTarget.of(FakeMuster.managed("small", 2));
  private static final ReconfigurationTarget OFF =
      ReconfigurationTarget.of(FakeMuster.managed("small", 0));
  private static final ReconfigurationTarget TARGET =
      ReconfigurationTarget.of(FakeMuster.managed("medium", 2));

  private final Talk talk = new Talk();

  private void underway(ReconfigurationProgress... progress) {
    Notice started =
        new Notice.ReconfigurationStarted(
            TARGET, Instant.ofEpochMilli(60_000), OnTimeout.ROLLBACK, false);
    talk.muster.willReply(
        CompletableFuture.completedFuture(
            new Reply.Underway(
                List.of(started), new ReconfigurationHandle(new HybridTime(7), TARGET))));
    talk.muster.willProgress(progress);
  }

  private static Hydrating hydrating(int hydrated) {
    return new Hydrating(hydrated, 2, OptionalInt.empty());
  }

  private static Hydrating hydrating(int hydrated, int percent) {
    return new Hydrating(hydrated, 2, OptionalInt.of(percent));
  }

  @Test
  void theStatementEndsWithTheCutOver() {
    underway(hydrating(0), hydrating(1), new Finished(true));
    assertEquals("ALTER CLUSTER", talk.tag(RESIZE));
    assertEquals(
        List.of(STARTED, "0 of 2 new replicas hydrated", "1 of 2 new replicas hydrated", CUT_OVER),
        talk.notices());
    assertEquals(
        Optional.of(
            "If they have not hydrated by 1970-01-01T00:01:00Z, the cluster stays as it was."),
        talk.noticeMessages().getFirst().detail());
  }

  @Test
  void percentsAreToldInStepsAndNoSilenceLastsLong() {
    underway(hydrating(0, 3), hydrating(0, 9), hydrating(0, 14), new Finished(true));
    talk.send(RESIZE);
    assertEquals(
        List.of(
            STARTED,
            "0 of 2 new replicas hydrated (3% of all objects)",
            "0 of 2 new replicas hydrated (14% of all objects)",
            CUT_OVER),
        talk.notices());
    underway(IntStream.range(0, 25).mapToObj(i -> hydrating(0)).toArray(Hydrating[]::new));
    talk.muster.willProgress(new Finished(true));
    talk.send(RESIZE);
    assertEquals(3, talk.notices().stream().filter("0 of 2 new replicas hydrated"::equals).count());
  }

  @Test
  void anotherDeadlineIsNoNewTarget() {
    Notice changed =
        new Notice.ReconfigurationDeadlineChanged(Instant.ofEpochMilli(60_000), OnTimeout.COMMIT);
    talk.muster.willReply(
        CompletableFuture.completedFuture(
            new Reply.Underway(
                List.of(changed), new ReconfigurationHandle(new HybridTime(7), TARGET))));
    talk.muster.willProgress(new Finished(true));
    talk.send(RESIZE + " WITH (WAIT FOR '1m')");
    SqlMessage told = talk.noticeMessages().getFirst();
    assertEquals("the reconfiguration under way has a new deadline", told.message());
    assertEquals(
        Optional.of("Hydrated or not, they replace the old ones by 1970-01-01T00:01:00Z."),
        told.detail());
  }

  @Test
  void aDeadlineThatNobodyLivesToSeeIsRefused() {
    SqlMessage error = talk.fails(RESIZE + " WITH (WAIT UNTIL READY (TIMEOUT = '11 years'))");
    assertEquals("22023", error.sqlState());
    assertEquals("invalid TIMEOUT: must be at most 3650 days", error.message());
    assertEquals(
        "invalid WAIT FOR: must be at most 3650 days",
        talk.fails(RESIZE + " WITH (WAIT FOR '4000 days')").message());
  }

  @Test
  void aForcedCutOverIsAWarning() {
    underway(new Finished(false));
    talk.send(RESIZE);
    SqlMessage told = talk.noticeMessages().getLast();
    assertEquals(SqlMessage.Severity.WARNING, told.severity());
    assertEquals("cut over at the deadline, before all new replicas had hydrated", told.message());
  }

  @Test
  void aRollbackIsAnErrorThatSaysWhatTheClusterIs() {
    underway(hydrating(1), new Ended(new Rejection.ReconfigurationTimedOut(REALIZED)));
    SqlMessage error = talk.fails(RESIZE);
    assertEquals("57014", error.sqlState());
    assertEquals("reconfiguration of cluster \"quickstart\" timed out", error.message());
    assertEquals(
        Optional.of(
            "The new replicas had not all hydrated in time. The cluster stays as it was, with"
                + " SIZE 'small', REPLICATION FACTOR 2."),
        error.detail());
    assertTrue(error.hint().isPresent());
  }

  @Test
  void whatAnotherStatementCalledOffOrChangedIsSaid() {
    underway(new Ended(new Rejection.ReconfigurationCancelled(Optional.of(OFF))));
    SqlMessage cancelled = talk.fails(RESIZE);
    assertEquals("reconfiguration of cluster \"quickstart\" was cancelled", cancelled.message());
    assertEquals(
        Optional.of(
            "Another statement called it off. The cluster has SIZE 'small', REPLICATION FACTOR 0."),
        cancelled.detail());
    underway(new Ended(new Rejection.ReconfigurationCancelled(Optional.empty())));
    assertEquals(
        Optional.of("Another statement called it off. The cluster is unmanaged now."),
        talk.fails(RESIZE).detail());
    underway(new Ended(new Rejection.ReconfigurationOvertaken(TARGET)));
    SqlMessage overtaken = talk.fails(RESIZE);
    assertEquals(
        "reconfiguration of cluster \"quickstart\" has another target now", overtaken.message());
    assertEquals(
        Optional.of(
            "Another statement changed it to SIZE 'medium', REPLICATION FACTOR 2, to which it goes"
                + " on."),
        overtaken.detail());
    underway(new Ended(new Rejection.ClusterGone()));
    assertEquals("unknown cluster 'quickstart'", talk.fails(RESIZE).message());
  }

  @Test
  void aCancellationEndsTheWaitAlone() {
    underway();
    talk.muster.willBeSilent();
    talk.muster.onceAskedForProgress(() -> talk.session().cancel());
    SqlMessage error = talk.fails(RESIZE);
    assertEquals("57014", error.sqlState());
    assertEquals(
        Optional.of("The reconfiguration goes on by itself, also over a restart."), error.detail());
    assertTrue(error.hint().orElseThrow().contains("ALTER the cluster back"));
  }

  @Test
  void theWaitIsNotUnderTheStatementTimeout() {
    talk.send("SET statement_timeout = '1s'");
    underway(hydrating(0));
    CompletableFuture<ReconfigurationProgress> late = talk.muster.willBeSilent();
    late.completeOnTimeout(new Finished(true), 1_500, java.util.concurrent.TimeUnit.MILLISECONDS);
    assertEquals("ALTER CLUSTER", talk.tag(RESIZE));
  }

  @Test
  void aCommitStartsItAndDoesNotWait() {
    talk.send("BEGIN");
    talk.send(RESIZE);
    underway();
    assertEquals("COMMIT", talk.tag("COMMIT"));
    assertEquals(
        List.of(STARTED, "COMMIT does not wait for the reconfiguration, which goes on by itself"),
        talk.notices());
    assertEquals(TransactionStatus.IDLE, talk.session().transactionStatus());
  }

  @Test
  void aStatementThatInsistsOnWaitingIsNoPartOfATransaction() {
    talk.send("BEGIN");
    SqlMessage error =
        talk.fails(RESIZE + " WITH (WAIT UNTIL READY (TIMEOUT '1s', ON TIMEOUT 'COMMIT'))");
    assertEquals("25001", error.sqlState());
    assertEquals(
        "ALTER CLUSTER ... WITH (WAIT ...) cannot run inside a transaction block", error.message());
    talk.send("ROLLBACK; BEGIN");
    assertEquals("ALTER CLUSTER", talk.tag(RESIZE + " WITH (WAIT FOR '0s')"));
  }
}

package dev.muster.api.sql.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.CatalogIncompleteException;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.session.SqlSession;
import dev.muster.api.sql.FakeMuster;
import dev.muster.api.sql.Talk;
import dev.muster.journal.JournalFailure;
import dev.muster.journal.event.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SessionTest {
  private static final String FACTOR = "ALTER CLUSTER quickstart SET (REPLICATION FACTOR 3)";

  private final Talk talk = new Talk();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "nobody, false, role \"nobody\" does not exist",
        "mz_system, false, unauthorized login to user 'mz_system'",
        "mz_support, false, unauthorized login to user 'mz_support'",
        "materialize, true, unauthorized login to user 'materialize'",
        "~~, false, no PostgreSQL user name specified in startup packet",
      })
  void whoMayNotComeIn(String user, boolean internal, String message) {
    SqlMessage error =
        assertThrows(SqlException.class, () -> talk.open(user, Map.of(), internal)).sqlMessage();
    assertEquals(message, error.message());
    assertEquals("28000", error.sqlState());
    assertEquals(SqlMessage.Severity.FATAL, error.severity());
  }

  @Test
  void theHintForAStrangerNamesTheRoleThatIsThere() {
    SqlException error =
        assertThrows(SqlException.class, () -> talk.open("nobody", Map.of(), false));
    assertEquals(
        Optional.of("A fresh installation has the role \"materialize\": psql -U materialize"),
        error.sqlMessage().hint());
  }

  @Test
  void startUpParametersAreVariables() {
    Talk other =
        new Talk(
            "materialize",
            Map.of(
                "application_name",
                "tf",
                "database",
                "unknown_one",
                "transaction_isolation",
                "strict serializable",
                "_pq_.x",
                "y",
                "nope",
                "1"));
    assertEquals("unknown_one", other.value("SHOW database"));
    assertEquals("tf", other.value("SHOW application_name"));
  }

  @Test
  void whatCannotBeSetAtTheStartIsToldWithTheFirstStatement() {
    Talk other = new Talk("materialize", Map.of("nope", "1"));
    other.send("SHOW cluster");
    assertEquals(
        List.of("startup setting nope not set: unrecognized configuration parameter \"nope\""),
        other.notices());
    other.send("SHOW cluster");
    assertEquals(List.of(), other.notices());
  }

  @Test
  void everyCommandSaysWhoseItIs() {
    talk.send("SET application_name = 'psql'");
    talk.send(" /* why */ " + FACTOR + " ;");
    assertEquals(
        new Origin(
            "materialize", Optional.of("127.0.0.1"), Optional.of("psql"), Optional.of(FACTOR)),
        talk.muster.asked().getFirst().origin());
  }

  @Test
  void cancelStopsAStatementThatWaits() {
    CompletableFuture<Reply> never = new CompletableFuture<>();
    talk.muster.willReply(
        new CompletableFuture<Reply>() {
          @Override
          public CompletableFuture<Reply> toCompletableFuture() {
            talk.session().cancel();
            return never;
          }
        });
    SqlMessage error = talk.fails(FACTOR);
    assertEquals("canceling statement due to user request", error.message());
    assertEquals("57014", error.sqlState());
    assertEquals(
        Optional.of("The change had been asked for already, and may still be made."),
        error.detail());
  }

  @Test
  void cancelReachesTheEngine() {
    talk.queries.whileRunning(() -> talk.session().cancel());
    assertEquals("canceling statement due to user request", talk.fails("SELECT 1").message());
    talk.queries.whileRunning(() -> {});
    assertEquals("SELECT 2", talk.value("SELECT 2"));
  }

  @Test
  void theTimeLimitReachesTheEngine() {
    CountDownLatch stopped = new CountDownLatch(1);
    talk.queries.untilStopped(stopped::countDown);
    talk.send("SET statement_timeout = '10ms'");
    SqlMessage error = talk.fails("SELECT 1");
    assertEquals("canceling statement due to statement timeout", error.message());
    assertEquals("57014", error.sqlState());
    assertEquals(0, stopped.getCount());
  }

  @Test
  void cancelOfNothingDoesNothing() {
    talk.session().cancel();
    assertEquals("SELECT 2", talk.value("SELECT 2"));
  }

  @Test
  void aStatementsTimeIsLimited() {
    talk.muster.willReply(new CompletableFuture<>());
    talk.send("SET statement_timeout = '10ms'");
    assertEquals("canceling statement due to statement timeout", talk.fails(FACTOR).message());
  }

  @ParameterizedTest
  @CsvSource({"incomplete, 57P03", "defect, XX000"})
  void whatFailsBehindUsIsOneClearError(String kind, String sqlState) {
    RuntimeException cause =
        kind.equals("defect")
            ? new IllegalStateException("secret detail")
            : new CatalogIncompleteException("cluster u1 is moving");
    talk.muster.willReply(CompletableFuture.failedFuture(cause));
    SqlMessage error = talk.fails(FACTOR);
    assertEquals(sqlState, error.sqlState());
    assertEquals(
        kind.equals("defect") ? "internal error" : "cluster u1 is moving", error.message());
  }

  @Test
  void whatIsDamagedIsNamedAndNobodyIsToldToTryAgain() {
    talk.muster.willReply(
        CompletableFuture.failedFuture(
            CatalogIncompleteException.damaged(
                "1 of 9 clusters is not readable", "u2 is damaged")));
    SqlMessage error = talk.fails(FACTOR);
    assertEquals("XX001", error.sqlState());
    assertEquals("1 of 9 clusters is not readable", error.message());
    assertEquals("u2 is damaged", error.detail().orElseThrow());
    assertTrue(error.hint().orElseThrow().startsWith("\"muster audit verify\" names"));
  }

  @Test
  void theMachinerysRefusalsSayWhatBecameOfTheChange() {
    talk.muster.willRefuse(new Rejection.OutcomeUnknown("no answer within 5 s"));
    assertEquals("08007", talk.fails(FACTOR).sqlState());
    talk.muster.willRefuse(new Rejection.Unavailable("the region is moving"));
    assertEquals("57P03", talk.fails(FACTOR).sqlState());
    talk.muster.willRefuse(new Rejection.JournalFailed(JournalFailure.REFUSED, "disk failed"));
    assertEquals("58030", talk.fails(FACTOR).sqlState());
  }

  @Test
  void aPositionInAQueryIsOneInTheMessage() {
    talk.queries.willFail(
        new SqlException(SqlMessage.error("42703", "column x does not exist").withPosition(8)));
    assertEquals(Optional.of(18), talk.fails("SHOW ALL; SELECT x").position());
    assertEquals(Optional.empty(), talk.fails("SELECT x FROM (SHOW CLUSTERS)").position());
  }

  @Test
  void theEngineKnowsWhoAsks() {
    talk.send("SET search_path = \"My Schema\", public; SELECT 1");
    assertEquals("materialize", talk.queries.lastContext().role());
    assertEquals("My Schema", talk.queries.lastContext().schema());
    assertEquals("quickstart", talk.queries.lastContext().variables().get("cluster"));
    assertEquals("UTC", talk.queries.lastContext().variables().get("timezone"));
  }

  @Test
  void emptyMessagesHaveNoStatements() {
    assertEquals(List.of(), talk.session().parse(""));
    assertEquals(List.of(), talk.session().parse(" ; ;; -- nothing\n /* at /* all */ */"));
  }

  @Test
  void preparedStatementsRunManyTimes() {
    FakeMuster muster = talk.muster;
    SqlSession session = talk.session();
    SqlSession.Prepared prepared = session.prepare(session.parse(FACTOR).getFirst(), List.of());
    assertEquals(Optional.empty(), prepared.columns());
    session.execute(prepared, List.of(), message -> {});
    session.execute(prepared, List.of(), message -> {});
    assertEquals(2, muster.asked().size());
    SqlSession.Prepared show = session.prepare(session.parse("SHOW cluster").getFirst(), List.of());
    assertEquals("cluster", show.columns().orElseThrow().getFirst().name());
  }

  @Test
  void theJournalKeepsTheBeginningOfAVeryLongText() {
    assertEquals("short", StatementRecord.of("short"));
    String kept = StatementRecord.of("x" + "😀".repeat(5_000));
    assertEquals(4_096, kept.length());
    assertEquals('…', kept.charAt(kept.length() - 1));
    assertEquals(4_097, StatementRecord.of("x".repeat(5_000)).length());
  }
}

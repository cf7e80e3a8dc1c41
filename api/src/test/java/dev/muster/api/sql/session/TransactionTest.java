package dev.muster.api.sql.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.Rejection;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.session.SqlSession.TransactionStatus;
import dev.muster.api.sql.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TransactionTest {
  private static final String FACTOR = "ALTER CLUSTER quickstart SET (REPLICATION FACTOR 3)";

  private final Talk talk = new Talk();

  private void assertStatus(TransactionStatus status) {
    assertEquals(status, talk.session().transactionStatus());
  }

  @Test
  void tags() {
    assertEquals("BEGIN", talk.tag("BEGIN"));
    assertStatus(TransactionStatus.IN_TRANSACTION);
    assertEquals("COMMIT", talk.tag("END WORK"));
    assertStatus(TransactionStatus.IDLE);
    assertEquals(
        "START TRANSACTION",
        talk.tag("START TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ WRITE"));
    assertEquals("ROLLBACK", talk.tag("ABORT"));
    assertStatus(TransactionStatus.IDLE);
  }

  @Test
  void oneChangeWaitsForCommit() {
    talk.send("BEGIN");
    assertEquals("ALTER CLUSTER", talk.tag(FACTOR));
    assertEquals(List.of(), talk.muster.asked());
    assertEquals("COMMIT", talk.tag("COMMIT"));
    assertEquals(1, talk.muster.asked().size());
    assertEquals(FACTOR, talk.muster.asked().getFirst().origin().statement().orElseThrow());
  }

  @Test
  void rollbackForgetsIt() {
    talk.send("BEGIN; " + FACTOR + "; ROLLBACK");
    talk.send("COMMIT");
    assertEquals(List.of(), talk.muster.asked());
  }

  @Test
  void aSecondChangeIsRefused() {
    SqlMessage error = talk.fails("BEGIN; " + FACTOR + "; " + FACTOR);
    assertEquals("this transaction can only execute a single statement", error.message());
    assertEquals("25000", error.sqlState());
    assertStatus(TransactionStatus.FAILED);
    assertEquals("ROLLBACK", talk.tag("COMMIT"));
    assertEquals(List.of(), talk.muster.asked());
  }

  @Test
  void readsAndChangesDoNotMix() {
    assertEquals(
        "transactions which modify objects are restricted to just modifying objects",
        talk.fails("BEGIN; " + FACTOR + "; SELECT 1").message());
    talk.send("ROLLBACK");
    assertEquals(
        "this transaction can only execute a single statement",
        talk.fails("BEGIN; SELECT 1; " + FACTOR).message());
  }

  @Test
  void variablesMayStandBesideAChange() {
    talk.send("BEGIN; SET application_name = 'x'; " + FACTOR + "; SHOW cluster; COMMIT");
    assertEquals(1, talk.muster.asked().size());
  }

  @Test
  void aReadSeesWhatWasAcknowledgedBeforeItStartedInABlockToo() {
    talk.send("BEGIN; SELECT 1");
    talk.muster.managed("late", "materialize", "s", 1);
    talk.send("SELECT 2");
    talk.muster.managed("later", "materialize", "s", 1);
    talk.send("SELECT 3; COMMIT");
    int before = talk.queries.snapshots().get(0).clusters().size();
    assertEquals(
        List.of(before, before + 1, before + 2),
        talk.queries.snapshots().stream().map(seen -> seen.clusters().size()).toList());
  }

  @Test
  void anOwnChangeIsSeenOnceItIsCommittedAndNotReadPastBefore() {
    assertEquals(
        "25000", talk.fails("BEGIN; CREATE CLUSTER mine (SIZE 'small'); SELECT 1").sqlState());
    talk.send("ROLLBACK");
    talk.send("BEGIN; SELECT 1; COMMIT; " + FACTOR + "; SELECT 2");
    assertEquals(2, talk.queries.snapshots().size());
  }

  @Test
  void aFailedBlockIgnoresAllButItsEnd() {
    assertEquals("unknown cluster 'x'", talk.fails("BEGIN; DROP CLUSTER x").message());
    assertStatus(TransactionStatus.FAILED);
    SqlMessage error = talk.fails("SHOW cluster");
    assertEquals(
        "current transaction is aborted, commands ignored until end of transaction block",
        error.message());
    assertEquals("25P02", error.sqlState());
    assertEquals("ROLLBACK", talk.tag("COMMIT"));
    assertStatus(TransactionStatus.IDLE);
    assertEquals("quickstart", talk.value("SHOW cluster"));
  }

  @Test
  void aSyntaxErrorFailsTheBlock() {
    talk.send("BEGIN");
    talk.fails("SELEC");
    assertStatus(TransactionStatus.FAILED);
    talk.send("ROLLBACK");
    talk.fails("SELEC");
    assertStatus(TransactionStatus.IDLE);
  }

  @Test
  void whatFailsOutsideThePipelineFailsTheBlockToo() {
    talk.send("BEGIN");
    talk.session().endOfMessage(true);
    assertStatus(TransactionStatus.FAILED);
  }

  @Test
  void aRefusalAtCommitEndsTheBlock() {
    talk.send("BEGIN; SET cluster = other; " + FACTOR);
    talk.muster.willRefuse(new Rejection.ClusterGone());
    assertEquals("unknown cluster 'quickstart'", talk.fails("COMMIT").message());
    assertStatus(TransactionStatus.IDLE);
    assertEquals("quickstart", talk.value("SHOW cluster"));
  }

  @Test
  void warningsAsPostgres() {
    talk.send("COMMIT");
    assertEquals("25P01", talk.noticeMessages().getFirst().sqlState());
    assertEquals(SqlMessage.Severity.WARNING, talk.noticeMessages().getFirst().severity());
    assertEquals(List.of("there is no transaction in progress"), talk.notices());
    talk.send("ROLLBACK");
    assertEquals(List.of("there is no transaction in progress"), talk.notices());
    talk.send("BEGIN; BEGIN");
    assertEquals(List.of("there is already a transaction in progress"), talk.notices());
    assertEquals("25001", talk.noticeMessages().getFirst().sqlState());
  }

  @Test
  void readOnlyTransactionsChangeNothing() {
    SqlMessage error = talk.fails("BEGIN READ ONLY; " + FACTOR);
    assertEquals("cannot execute ALTER CLUSTER in a read-only transaction", error.message());
    assertEquals("25006", error.sqlState());
    talk.send("ROLLBACK");
    talk.send("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
    assertEquals("25006", talk.fails(FACTOR).sqlState());
  }

  @Test
  void isolationIsTheSessionsOrTheBlocks() {
    talk.send("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE");
    assertEquals("serializable", talk.value("SHOW TRANSACTION ISOLATION LEVEL"));
    assertEquals("serializable", talk.value("BEGIN; SHOW TRANSACTION ISOLATION LEVEL"));
    assertEquals(
        "read committed",
        talk.value("SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SHOW transaction_isolation"));
    talk.send("COMMIT");
    assertEquals("serializable", talk.value("SHOW transaction_isolation"));
    talk.send("SET TRANSACTION READ ONLY");
    assertEquals(List.of("SET TRANSACTION can only be used in transaction blocks"), talk.notices());
  }

  @Test
  void outsideABlockEachChangeCommitsByItself() {
    talk.muster.willNotice();
    talk.muster.willRefuse(new Rejection.ClusterGone());
    talk.fails(FACTOR + "; " + FACTOR + "; " + FACTOR);
    assertEquals(2, talk.muster.asked().size());
  }

  @Test
  void nothingRunsWhereTheMessageDoesNotParse() {
    talk.fails(FACTOR + "; SELEC");
    assertEquals(List.of(), talk.muster.asked());
  }

  @Test
  void variablesGoBackOnRollback() {
    talk.send("BEGIN; SET cluster = a; SET LOCAL database = d");
    assertEquals("a", talk.value("SHOW cluster"));
    assertEquals("d", talk.value("SHOW database"));
    talk.send("ROLLBACK");
    assertEquals("quickstart", talk.value("SHOW cluster"));
    assertEquals("materialize", talk.value("SHOW database"));
    talk.send("BEGIN; SET cluster = a; SET LOCAL database = d; COMMIT");
    assertEquals("a", talk.value("SHOW cluster"));
    assertEquals("materialize", talk.value("SHOW database"));
  }
}

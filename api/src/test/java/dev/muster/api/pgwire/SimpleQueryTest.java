package dev.muster.api.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimpleQueryTest extends WireTest {
  private RawClient client;

  @BeforeEach
  void connect() throws IOException {
    client = RawClient.ready(server);
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
  }

  private void script(String query, String... answers) throws IOException {
    assertEquals(List.of(answers), client.query(query).answers());
  }

  @Test
  void rowsComeWithTheirDescription() throws IOException {
    script(
        "SELECT 1",
        "RowDescription[?column? 23]",
        "DataRow[1]",
        "CommandComplete(SELECT 1)",
        "ReadyForQuery(I)");
  }

  @Test
  void onlySelectCountsItsRows() throws IOException {
    script(
        "SHOW x",
        "RowDescription[x 25]",
        "DataRow[shown]",
        "CommandComplete(SHOW)",
        "ReadyForQuery(I)");
    script("ROWS 0", "RowDescription[n 23, t 25]", "CommandComplete(SELECT 0)", "ReadyForQuery(I)");
  }

  @Test
  void nothingIsAnEmptyQuery() throws IOException {
    script("", "EmptyQueryResponse", "ReadyForQuery(I)");
    script(" ; ;", "EmptyQueryResponse", "ReadyForQuery(I)");
  }

  @Test
  void severalStatementsAnswerInOrderUntilOneFails() throws IOException {
    script(
        "CREATE a; SELECT 1; FAIL 22012 no; SELECT 1",
        "CommandComplete(CREATE CLUSTER)",
        "RowDescription[?column? 23]",
        "DataRow[1]",
        "CommandComplete(SELECT 1)",
        "Error(ERROR 22012 no | D the detail | H the hint | P 6)",
        "ReadyForQuery(I)");
  }

  @Test
  void allAreParsedBeforeAnyIsCarriedOut() throws IOException {
    script(
        "CREATE a; SYNTAX error",
        "Error(ERROR 42601 Expected a statement | P 1)",
        "ReadyForQuery(I)");
  }

  @Test
  void noticesComeBeforeTheResultFromAnyThread() throws IOException {
    script(
        "NOTICE hear; NOTICE LATER",
        "Notice(NOTICE 00000 hear)",
        "CommandComplete(NOTICE)",
        "Notice(NOTICE 00000 LATER)",
        "CommandComplete(NOTICE)",
        "ReadyForQuery(I)");
  }

  @Test
  void transactionStatusIsTold() throws IOException {
    script("BEGIN", "CommandComplete(BEGIN)", "ReadyForQuery(T)");
    script(
        "FAIL 22012 no",
        "Error(ERROR 22012 no | D the detail | H the hint | P 6)",
        "ReadyForQuery(E)");
    script("ROLLBACK", "CommandComplete(ROLLBACK)", "ReadyForQuery(I)");
  }

  @Test
  void changedParametersAreTold() throws IOException {
    script(
        "SET application_name = x",
        "CommandComplete(SET)",
        "ParameterStatus(application_name=x)",
        "ReadyForQuery(I)");
  }

  @Test
  void timesFollowTheSessionsZone() throws IOException {
    client.query("SET TimeZone = 'Asia/Kolkata'").answers();
    script(
        "SAMPLE timestamptz",
        "RowDescription[sample 1184, none 1184]",
        "DataRow[2026-11-21 15:30:00.123+05:30, NULL]",
        "CommandComplete(SELECT 1)",
        "ReadyForQuery(I)");
  }

  @Test
  void aDefectShowsNoStackTraceAndTheSessionGoesOn() throws IOException {
    script("CRASH", "Error(ERROR XX000 internal error; see the server's log)", "ReadyForQuery(I)");
    script(
        "DEEP",
        "Error(ERROR 54001 stack depth limit exceeded | H The statement is nested too deeply.)",
        "ReadyForQuery(I)");
    script("CREATE a", "CommandComplete(CREATE CLUSTER)", "ReadyForQuery(I)");
  }

  @Test
  void fatalEndsTheConversation() throws IOException {
    script("FATAL", "Error(FATAL 57P02 the end)", "end");
    await("the session is closed", () -> sessions.openCount() == 0);
  }

  @Test
  void parametersHaveNoPlaceHere() throws IOException {
    script("ECHO int4 $1", "Error(ERROR 42P02 there is no parameter $1)", "ReadyForQuery(I)");
  }

  @Test
  void functionCallsAreRefusedAndCopyDataIsIgnored() throws IOException {
    assertEquals(
        List.of(
            "Error(ERROR 0A000 function calls by message are not supported"
                + " | H Call the function in a SELECT.)",
            "ReadyForQuery(I)"),
        client.message('F', 1, (short) 0).answers());
    client.message('d', "data").message('c').message('f', "no");
    script("CREATE a", "CommandComplete(CREATE CLUSTER)", "ReadyForQuery(I)");
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws IOException {
    assertEquals(
        List.of(
            "Error(ERROR 22021 invalid byte sequence for encoding \"UTF8\": 0xff)",
            "ReadyForQuery(I)"),
        client.message('Q', new byte[] {'S', (byte) 0xff, 0}).answers());
    assertEquals(
        List.of("Error(ERROR 08P01 invalid message format)", "ReadyForQuery(I)"),
        client.message('Q', new byte[] {'S', 0, 'X', 0}).answers());
    assertEquals(
        List.of("Error(ERROR 08P01 invalid string in message)", "ReadyForQuery(I)"),
        client.message('Q', new byte[] {'S'}).answers());
  }

  @Test
  void goodbyeClosesTheSession() throws IOException {
    assertEquals("end", client.message('X').answer());
    await("the session is closed", () -> sessions.openCount() == 0);
  }
}

package dev.muster.api.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExtendedQueryTest extends WireTest {
  private static final String READY = "ReadyForQuery(I)";

  private RawClient client;

  @BeforeEach
  void connect() throws IOException {
    client = RawClient.ready(server);
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
  }

  private void expect(String... answers) throws IOException {
    assertEquals(List.of(answers), client.sync().answers());
  }

  @Test
  void aStatementIsPreparedDescribedBoundAndCarriedOut() throws IOException {
    client.parse("", "ECHO int4 $1").describe('S', "").bind("", "", "7");
    client.describe('P', "").execute("", 0);
    expect(
        "ParseComplete",
        "ParameterDescription[23]",
        "RowDescription[echo 23]",
        "BindComplete",
        "RowDescription[echo 23]",
        "DataRow[7]",
        "CommandComplete(SELECT 1)",
        READY);
  }

  @Test
  void whatGivesNoRowsIsNoData() throws IOException {
    client.parse("s", "CREATE a").describe('S', "s").bind("", "s").describe('P', "");
    expect("ParseComplete", "ParameterDescription[]", "NoData", "BindComplete", "NoData", READY);
  }

  @Test
  void anEmptyTextIsAnEmptyQuery() throws IOException {
    client.parse("", "").describe('S', "").bind("", "").execute("", 0);
    expect(
        "ParseComplete",
        "ParameterDescription[]",
        "NoData",
        "BindComplete",
        "EmptyQueryResponse",
        READY);
  }

  @Test
  void formatsAreChosenColumnByColumn() throws IOException {
    client.parse("", "ROWS 1");
    client.message('B', "", "", (short) 0, (short) 0, (short) 2, (short) 0, (short) 1);
    client.describe('P', "").execute("", 0);
    expect(
        "ParseComplete",
        "BindComplete",
        "RowDescription[n 23, t 25 b]",
        "DataRow[0, row 0]",
        "CommandComplete(SELECT 1)",
        READY);
  }

  @Test
  void aRowLimitSuspendsAndThePortalGoesOn() throws IOException {
    client.query("BEGIN").answers();
    client.parse("", "ROWS 3").bind("p", "").execute("p", 2);
    assertEquals(
        List.of(
            "ParseComplete",
            "BindComplete",
            "DataRow[0, row 0]",
            "DataRow[1, row 1]",
            "PortalSuspended",
            "ReadyForQuery(T)"),
        client.sync().answers());
    client.execute("p", 1).execute("p", 1).execute("p", 0);
    assertEquals(
        List.of(
            "DataRow[2, row 2]",
            "PortalSuspended",
            "CommandComplete(SELECT 0)",
            "CommandComplete(SELECT 0)",
            "ReadyForQuery(T)"),
        client.sync().answers());
  }

  @Test
  void portalsEndWithTheirTransaction() throws IOException {
    client.parse("", "ROWS 3").bind("p", "").execute("p", 1).sync().answers();
    client.execute("p", 1);
    expect("Error(ERROR 34000 portal \"p\" does not exist)", READY);
  }

  @Test
  void anErrorSkipsToSync() throws IOException {
    client.parse("", "FAIL 22012 no").bind("", "").execute("", 0);
    client.parse("s", "CREATE a").query("CREATE b").close('S', "nothing");
    expect(
        "ParseComplete",
        "BindComplete",
        "Error(ERROR 22012 no | D the detail | H the hint | P 6)",
        READY);
    client.describe('S', "s");
    expect("Error(ERROR 26000 prepared statement \"s\" does not exist)", READY);
  }

  @Test
  void flushSendsWhatThereIs() throws IOException {
    client.parse("", "CREATE a").message('H');
    assertEquals("ParseComplete", client.answer());
    expect(READY);
  }

  @Test
  void anErrorIsSentAtOnce() throws IOException {
    assertEquals(
        "Error(ERROR 42601 Expected a statement | P 1)", client.parse("", "SYNTAX").answer());
  }

  @Test
  void namesAreTakenOnce() throws IOException {
    client.parse("s", "CREATE a").sync().answers();
    client.parse("s", "CREATE a");
    expect("Error(ERROR 42P05 prepared statement \"s\" already exists)", READY);
    client.bind("p", "s").bind("p", "s");
    expect("BindComplete", "Error(ERROR 42P03 cursor \"p\" already exists)", READY);
  }

  @Test
  void theUnnamedOnesAreReplacedAndASimpleQueryEndsThem() throws IOException {
    client.parse("", "CREATE a").parse("", "CREATE b").bind("", "").bind("", "");
    expect("ParseComplete", "ParseComplete", "BindComplete", "BindComplete", READY);
    client.query("CREATE c").answers();
    client.bind("", "");
    expect("Error(ERROR 26000 unnamed prepared statement does not exist)", READY);
  }

  @Test
  void closingAStatementClosesItsPortals() throws IOException {
    client.parse("s", "CREATE a").bind("p", "s").close('S', "s").execute("p", 0);
    expect(
        "ParseComplete",
        "BindComplete",
        "CloseComplete",
        "Error(ERROR 34000 portal \"p\" does not exist)",
        READY);
    client.close('S', "nothing").close('P', "nothing");
    expect("CloseComplete", "CloseComplete", READY);
  }

  @Test
  void aCommandRunsOnce() throws IOException {
    client.parse("", "CREATE a").bind("", "").execute("", 0).execute("", 0);
    expect(
        "ParseComplete",
        "BindComplete",
        "CommandComplete(CREATE CLUSTER)",
        "Error(ERROR 55000 portal \"\" cannot be run)",
        READY);
  }

  @Test
  void oneStatementIsPreparedAtATime() throws IOException {
    client.parse("", "CREATE a; CREATE b");
    expect("Error(ERROR 42601 cannot insert multiple commands into a prepared statement)", READY);
  }

  @Test
  void countsMustFit() throws IOException {
    client.parse("", "ECHO int4 $1").bind("", "");
    expect(
        "ParseComplete",
        "Error(ERROR 08P01 bind message supplies 0 parameters, but prepared statement \"\""
            + " requires 1)",
        READY);
    client.parse("", "CREATE a");
    client.message('B', "", "", (short) 2, (short) 0, (short) 0, (short) 0, (short) 0);
    expect(
        "ParseComplete",
        "Error(ERROR 08P01 bind message has 2 parameter formats but 0 parameters)",
        READY);
    client.parse("", "SELECT 1");
    client.message('B', "", "", (short) 0, (short) 0, (short) 2, (short) 0, (short) 0);
    expect(
        "ParseComplete",
        "Error(ERROR 08P01 bind message has 2 result formats but query has 1 columns)",
        READY);
  }

  @Test
  void badParametersAreNamed() throws IOException {
    client.parse("s", "ECHO int4 $1").bind("", "s", "x");
    expect(
        "ParseComplete", "Error(ERROR 22P02 invalid input syntax for type integer: \"x\")", READY);
    client.parse("t", "ECHO text $1").bind("", "t", "a\0b");
    expect(
        "ParseComplete",
        "Error(ERROR 22021 invalid byte sequence for encoding \"UTF8\": 0x00)",
        READY);
    client.message('B', "", "s", (short) 1, (short) 1, (short) 1, 1, new byte[1], (short) 0);
    expect("Error(ERROR 22P03 incorrect binary data format for type integer)", READY);
    client.message('B', "", "s", (short) 1, (short) 9, (short) 1, -1, (short) 0);
    expect("Error(ERROR 22023 unsupported format code: 9)", READY);
    client.message('P', "", "CREATE a", (short) 1, 12345);
    expect("Error(ERROR 42704 parameter type with OID 12345 does not exist)", READY);
  }

  @Test
  void contentThatDoesNotFitItsFrameFailsAlone() throws IOException {
    client.message('B', "", "", (short) 0, (short) 5, 1_000_000);
    expect("Error(ERROR 08P01 insufficient data left in message)", READY);
    client.message('D', 'X', "");
    expect("Error(ERROR 08P01 invalid message subtype 88)", READY);
    client.message('E', "", 0, 0);
    expect("Error(ERROR 08P01 invalid message format)", READY);
  }

  @Test
  void aValueWithoutBinaryFormatFailsWithoutHalfARow() throws IOException {
    client.parse("", "SAMPLE regclass");
    client.message('B', "", "", (short) 0, (short) 0, (short) 1, (short) 1).execute("", 0);
    expect(
        "ParseComplete",
        "BindComplete",
        "Error(ERROR 42883 no binary output function available for type regclass)",
        READY);
  }
}

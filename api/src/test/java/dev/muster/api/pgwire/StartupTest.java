package dev.muster.api.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.BindException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartupTest extends WireTest {
  private static final int TLS = 1234 << 16 | 5679;
  private static final int GSSAPI = 1234 << 16 | 5680;
  private static final int CANCEL = 1234 << 16 | 5678;

  @Override
  protected PgWireSettings settings() {
    return super.settings().withMaxConnections(3);
  }

  private Map<String, String> parametersOf(String... namesAndValues) throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      List<String> answers = client.startup(namesAndValues).answers();
      assertEquals("ReadyForQuery(I)", answers.getLast(), answers.toString());
    }
    return sessions.requests().getLast().parameters();
  }

  private String refusalOf(String... namesAndValues) throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      List<String> answers = client.startup(namesAndValues).answers();
      assertEquals("end", answers.getLast());
      return answers.get(answers.size() - 2);
    }
  }

  @Test
  void greetingTellsParametersAndKey() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      List<String> answers = client.startup("user", "m").answers();
      assertEquals("Authentication(0)", answers.getFirst());
      assertTrue(answers.contains("ParameterStatus(client_encoding=UTF8)"), answers.toString());
      assertEquals(
          List.of("BackendKeyData", "ReadyForQuery(I)"),
          answers.subList(answers.size() - 2, answers.size()));
    }
  }

  @Test
  void encryptionIsDeclinedAndTheClientGoesOn() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      assertEquals('N', client.packet(GSSAPI, new byte[0]).send().readByte());
      assertEquals('N', client.packet(TLS, new byte[0]).send().readByte());
      assertEquals("ReadyForQuery(I)", client.startup("user", "m").answers().getLast());
    }
  }

  @Test
  void encryptionMayBeAskedForOnce() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      assertEquals('N', client.packet(TLS, new byte[0]).send().readByte());
      assertEquals(
          "Error(FATAL 08P01 encryption was asked for twice)",
          client.packet(TLS, new byte[0]).answer());
    }
  }

  @Test
  void optionsAreTakenApart() throws Exception {
    assertEquals(
        Map.of(
            "user", "m",
            "database", "d",
            "cluster", "quickstart",
            "transaction_isolation", "strict serializable",
            "application_name", "a\\b",
            "search_path", "x"),
        parametersOf(
            "user",
            "m",
            "database",
            "d",
            "options",
            "-c cluster=quickstart --transaction-isolation=strict\\ serializable"
                + "  -capplication_name=a\\\\b --search_path=x"));
  }

  @Test
  void aParameterOfItsOwnWinsOverOptions() throws Exception {
    assertEquals(
        "b", parametersOf("user", "m", "options", "-c cluster=a", "cluster", "b").get("cluster"));
  }

  @Test
  void badOptionsAreRefused() throws Exception {
    assertEquals(
        "Error(FATAL 42601 invalid command-line argument for server process: -x)",
        refusalOf("user", "m", "options", "-x 1"));
    assertEquals(
        "Error(FATAL 42601 --cluster requires a value)",
        refusalOf("user", "m", "options", "--cluster"));
  }

  @Test
  void aUserMustBeNamed() throws Exception {
    assertEquals(
        "Error(FATAL 28000 no PostgreSQL user name specified in startup packet)",
        refusalOf("database", "d"));
  }

  @Test
  void whoMayNotComeInIsTold() throws Exception {
    assertEquals(
        "Error(FATAL 28000 role \"stranger\" does not exist)", refusalOf("user", "stranger"));
  }

  @Test
  void onlyUtf8IsSpoken() throws Exception {
    assertEquals(
        "UTF8", parametersOf("user", "m", "client_encoding", "utf-8").get("client_encoding"));
    assertEquals(
        "UTF8", parametersOf("user", "m", "client_encoding", "SQL_ASCII").get("client_encoding"));
    assertEquals(
        "Error(FATAL 22023 invalid value for parameter \"client_encoding\": \"LATIN1\""
            + " | H Only UTF8 is supported.)",
        refusalOf("user", "m", "client_encoding", "LATIN1"));
  }

  @Test
  void replicationIsRefused() throws Exception {
    assertEquals(
        "Error(FATAL 0A000 replication connections are not supported)",
        refusalOf("user", "m", "replication", "database"));
  }

  @Test
  void laterMinorVersionsAreNegotiatedDown() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      List<String> answers = client.startup(3 << 16 | 2, "user", "m", "_pq_.x", "1").answers();
      assertEquals("NegotiateProtocolVersion(0, [_pq_.x])", answers.getFirst());
      assertEquals("ReadyForQuery(I)", answers.getLast());
    }
  }

  @Test
  void otherMajorVersionsAreRefused() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      assertEquals(
          "Error(FATAL 0A000 unsupported frontend protocol 2.0: server supports 3.0 to 3.0)",
          client.startup(2 << 16, "user", "m").answer());
    }
  }

  @Test
  void theInternalDoorSaysSo() throws Exception {
    try (PgWireServer internal = PgWireServer.start(settings().asInternal(), sessions)) {
      RawClient.ready(internal).close();
      assertTrue(sessions.requests().getLast().internal());
    }
  }

  @Test
  void tooManyClientsAreRefusedUntilOneGoes() throws Exception {
    RawClient first = RawClient.ready(server);
    try (RawClient second = RawClient.ready(server);
        RawClient third = RawClient.ready(server)) {
      assertEquals("Error(FATAL 53300 sorry, too many clients already)", refusalOf("user", "m"));
      first.close();
      await("the place is free", () -> sessions.openCount() == 2);
      await("a new client gets it", () -> comesIn());
      assertEquals(
          List.of("CommandComplete(CREATE CLUSTER)", "ReadyForQuery(I)"),
          second.query("CREATE x").answers());
      assertEquals(
          List.of("CommandComplete(CREATE CLUSTER)", "ReadyForQuery(I)"),
          third.query("CREATE x").answers());
    }
  }

  private boolean comesIn() {
    try (RawClient client = RawClient.connect(server)) {
      return client.startup("user", "m").answers().getLast().equals("ReadyForQuery(I)");
    } catch (java.io.IOException e) {
      return false;
    }
  }

  @Test
  void whoDawdlesAtTheDoorIsSentAway() throws Exception {
    try (PgWireServer impatient =
            PgWireServer.start(settings().withStartupTimeout(Duration.ofMillis(100)), sessions);
        RawClient client = RawClient.connect(impatient)) {
      client.bytes(new byte[] {0, 0}).send();
      assertEquals("Error(FATAL 57014 canceling authentication due to timeout)", client.answer());
      assertEquals("end", client.answer());
    }
  }

  @Test
  void aBusyPortIsNamed() {
    int port = server.address().getPort();
    BindException failure =
        assertThrows(
            BindException.class,
            () -> PgWireServer.start(PgWireSettings.of("127.0.0.1", port), sessions));
    assertTrue(failure.getMessage().contains("127.0.0.1:" + port), failure.getMessage());
  }

  @Test
  void anUnknownHostIsNamed() {
    BindException failure =
        assertThrows(
            BindException.class,
            () -> PgWireServer.start(PgWireSettings.of("no.such.host.invalid", 0), sessions));
    assertTrue(failure.getMessage().contains("no.such.host.invalid"), failure.getMessage());
  }

  @Test
  void cancelStopsTheRunningStatementAndOnlyThat() throws Exception {
    try (RawClient client = RawClient.ready(server);
        RawClient bystander = RawClient.ready(server)) {
      client.query("NOTICE begun; WAIT").send();
      assertEquals("Notice(NOTICE 00000 begun)", client.answer());
      sendCancel(client.processId(), client.secretKey() + 1);
      sendCancel(client.processId() + 1000, client.secretKey());
      sendCancel(bystander.processId(), bystander.secretKey());
      assertEquals(0, sessions.cancelCount());
      sendCancel(client.processId(), client.secretKey());
      assertEquals(
          List.of(
              "CommandComplete(NOTICE)",
              "Error(ERROR 57014 canceling statement due to user request | D What it began goes"
                  + " on.)",
              "ReadyForQuery(I)"),
          client.answers());
      assertEquals("ReadyForQuery(I)", bystander.query("SELECT 1").answers().getLast());
    }
  }

  private void sendCancel(int processId, int secretKey) throws Exception {
    try (RawClient cancel = RawClient.connect(server)) {
      byte[] key = ByteBuffer.allocate(8).putInt(processId).putInt(secretKey).array();
      assertEquals("end", cancel.packet(CANCEL, key).answer());
    }
  }
}

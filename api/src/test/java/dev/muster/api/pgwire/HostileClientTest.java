package dev.muster.api.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever bytes come in: the sender is told or closed, and a bystander does not notice. */
class HostileClientTest {
  private static final int TRIES = 150;
  private static final int MAX_MESSAGE_BYTES = 100_000;

  private static final FakeSessions SESSIONS = new FakeSessions();
  private static PgWireServer server;
  private static RawClient bystander;

  @BeforeContainer
  static void start() throws IOException {
    server =
        PgWireServer.start(
            PgWireSettings.of("127.0.0.1", 0).withMaxMessageBytes(MAX_MESSAGE_BYTES), SESSIONS);
    bystander = RawClient.ready(server);
  }

  @AfterContainer
  static void stop() throws IOException {
    bystander.close();
    server.close();
  }

  private static void assertBystanderIsWell() throws IOException {
    assertEquals(
        List.of(
            "RowDescription[?column? 23]",
            "DataRow[1]",
            "CommandComplete(SELECT 1)",
            "ReadyForQuery(I)"),
        bystander.query("SELECT 1").answers());
  }

  /** Reads all that the server still says; it must be whole messages, and then the end. */
  private static void assertEndsProperly(RawClient client) throws IOException {
    try {
      client.finishSending();
      String answer = client.answer();
      while (!answer.startsWith("end")) {
        assertTrue(!answer.startsWith("unknown"), answer);
        answer = client.answer();
      }
      assertEquals("end", answer);
    } catch (java.net.SocketException e) {
      // The server closed while we still wrote: that is its right.
    }
  }

  @Property(tries = TRIES, seed = "1")
  void randomBytesInsteadOfAStartupHurtNobody(@ForAll @Size(max = 200) byte[] bytes)
      throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      assertEndsProperly(client.bytes(bytes));
    }
    assertBystanderIsWell();
  }

  @Property(tries = TRIES, seed = "2")
  void randomStartupContentHurtsNobody(@ForAll @Size(max = 100) byte[] content) throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      assertEndsProperly(client.packet(3 << 16, content));
    }
    assertBystanderIsWell();
  }

  @Property(tries = TRIES, seed = "3")
  void randomBytesInASessionHurtNobody(@ForAll @Size(max = 300) byte[] bytes) throws IOException {
    try (RawClient client = RawClient.ready(server)) {
      assertEndsProperly(client.bytes(bytes));
    }
    assertBystanderIsWell();
  }

  @Property(tries = TRIES, seed = "4")
  void soundFramesOfRandomContentHurtNobody(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    try (RawClient client = RawClient.ready(server)) {
      for (int i = random.nextInt(10); i >= 0; i--) {
        byte[] content = new byte[random.nextInt(40)];
        random.nextBytes(content);
        client.message("QPBDECHSFdcf".charAt(random.nextInt(12)), content);
      }
      assertEndsProperly(client);
    }
    assertBystanderIsWell();
  }

  @Property(tries = TRIES, seed = "5")
  void aSoundConversationCutShortOrWithAWrongByteHurtsNobody(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    byte[] bytes = soundConversation();
    byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
    byte[] wrong = bytes.clone();
    wrong[random.nextInt(bytes.length)] = (byte) random.nextInt();
    for (byte[] variant : List.of(cut, wrong)) {
      try (RawClient client = RawClient.ready(server)) {
        assertEndsProperly(client.bytes(variant));
      }
    }
    assertBystanderIsWell();
  }

  private static byte[] soundConversation() {
    ByteBuffer bytes = ByteBuffer.allocate(200);
    frame(bytes, 'P', "s\0ECHO int4 $1\0\0\1\0\0\0\27");
    frame(bytes, 'D', "Ss\0");
    frame(bytes, 'B', "p\0s\0\0\1\0\1\0\1\0\0\0\4\0\0\0\7\0\1\0\1");
    frame(bytes, 'E', "p\0\0\0\0\0");
    frame(bytes, 'C', "Ps\0");
    frame(bytes, 'S', "");
    frame(bytes, 'Q', "CREATE CLUSTER c\0");
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static void frame(ByteBuffer out, char type, String content) {
    byte[] bytes = content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    out.put((byte) type).putInt(4 + bytes.length).put(bytes);
  }

  @net.jqwik.api.Example
  void lengthsOutOfBoundsAreRefused() throws IOException {
    assertRefused(
        "Q",
        MAX_MESSAGE_BYTES + 1,
        "message of 100001 bytes is longer than the 100000 bytes allowed");
    assertRefused("Q", Integer.MIN_VALUE, "invalid message length");
    assertRefused("Q", 3, "invalid message length");
    assertRefused("E", 10_001, "message of 10001 bytes is longer than the 10000 bytes allowed");
    assertRefused("!", 4, "invalid frontend message type 33");
    assertRefused("p", 4, "invalid frontend message type 112");
    assertBystanderIsWell();
  }

  private static void assertRefused(String type, int length, String why) throws IOException {
    try (RawClient client = RawClient.ready(server)) {
      client.bytes(ByteBuffer.allocate(5).put((byte) type.charAt(0)).putInt(length).array());
      assertEquals("Error(FATAL 08P01 " + why + ")", client.answer());
      client.finishSending();
      assertEquals("end", client.answer());
    }
  }

  @net.jqwik.api.Example
  void startupLengthsOutOfBoundsAreRefused() throws IOException {
    for (int length : new int[] {0, 7, 10_001, -1, Integer.MAX_VALUE}) {
      try (RawClient client = RawClient.connect(server)) {
        client.bytes(ByteBuffer.allocate(4).putInt(length).array());
        assertEquals("Error(FATAL 08P01 invalid length of startup packet)", client.answer());
      }
    }
    assertBystanderIsWell();
  }

  @net.jqwik.api.Example
  void truncatedMessagesAreNamed() throws IOException {
    try (RawClient client = RawClient.ready(server)) {
      client.bytes(new byte[] {'Q', 0, 0}).finishSending();
      assertEquals("Error(FATAL 08P01 unexpected end of the client's message)", client.answer());
    }
    assertBystanderIsWell();
  }

  @net.jqwik.api.Example
  void aMessageOfTheLongestLengthIsTaken() throws IOException {
    try (RawClient client = RawClient.ready(server)) {
      String longest = "CREATE " + "x".repeat(MAX_MESSAGE_BYTES - 4 - 8);
      assertEquals(
          List.of("CommandComplete(CREATE CLUSTER)", "ReadyForQuery(I)"),
          client.query(longest).answers());
    }
  }
}

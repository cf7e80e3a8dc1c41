package dev.muster.deploy.system;

import static dev.muster.deploy.system.RawConnection.bytes;
import static dev.muster.deploy.system.RawConnection.message;
import static dev.muster.deploy.system.RawConnection.query;
import static dev.muster.deploy.system.RawConnection.startUp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever comes over the wire hurts nobody else: all the while a bystander works, on one
 * connection, without a hitch.
 */
class HostileBytesIT {
  private static final int GARBAGE_CONNECTIONS = 150;
  private static final int HALF_OPEN_CONNECTIONS = 200;

  @RegisterExtension static final Harness HARNESS = new Harness();

  private static RunningMuster muster;
  private static Connection bystanders;

  private final AtomicBoolean isOver = new AtomicBoolean();
  private ExecutorService thread;
  private Future<Integer> bystander;

  @BeforeAll
  static void start() throws SQLException {
    muster = HARNESS.aMuster().withRuntime("simulated").start();
    bystanders = muster.connect();
    RunningMuster.sql(bystanders, "CREATE CLUSTER calm (SIZE = '1', REPLICATION FACTOR = 0)");
  }

  @AfterAll
  static void close() throws SQLException {
    bystanders.close();
  }

  @BeforeEach
  void theBystanderWorks() {
    thread = Executors.newSingleThreadExecutor();
    bystander = thread.submit(this::work);
  }

  @AfterEach
  void theBystanderSawNothing() throws Exception {
    isOver.set(true);
    assertTrue(bystander.get() > 0, "the bystander did nothing");
    thread.shutdown();
    assertTrue(muster.isAlive(), "Muster is gone");
    assertEquals(List.of("1"), muster.sql("SELECT 1"));
    assertFalse(
        muster.standardError().contains("\tat "),
        () -> "a stack trace on standard error:\n" + muster.standardError());
  }

  private Integer work() throws SQLException {
    int rounds = 0;
    do {
      RunningMuster.sql(
          bystanders, "ALTER CLUSTER calm SET (REPLICATION FACTOR = " + rounds % 2 + ")");
      assertEquals(
          List.of(Integer.toString(rounds % 2)),
          RunningMuster.sql(
              bystanders, "SELECT replication_factor FROM mz_clusters WHERE name = 'calm'"));
      rounds++;
    } while (!isOver.get());
    return rounds;
  }

  @Test
  void randomBytesBeforeAnyStartUp() throws IOException {
    Random random = new Random(seed());
    for (int i = 0; i < GARBAGE_CONNECTIONS; i++) {
      try (RawConnection connection = new RawConnection(muster.sqlAddress())) {
        connection.send(garbage(random));
        assertTrue(connection.finish(), "the server keeps a connection that said goodbye");
      }
    }
  }

  @Test
  void randomBytesAfterAProperStartUp() throws IOException {
    Random random = new Random(seed());
    for (int i = 0; i < GARBAGE_CONNECTIONS; i++) {
      try (RawConnection connection = RawConnection.loggedIn(muster.sqlAddress())) {
        connection.send(garbage(random));
        assertTrue(connection.finish(), "the server keeps a connection that said goodbye");
      }
    }
  }

  @Test
  void knownMessagesWithRandomBodies() throws IOException {
    Random random = new Random(seed());
    String types = "QPBEDCSHdcfFXp";
    for (int i = 0; i < GARBAGE_CONNECTIONS; i++) {
      try (RawConnection connection = RawConnection.loggedIn(muster.sqlAddress())) {
        for (int j = 0; j < 5; j++) {
          connection.send(message(types.charAt(random.nextInt(types.length())), garbage(random)));
        }
        assertTrue(connection.finish(), "the server keeps a connection that said goodbye");
      }
    }
  }

  @Test
  void liesAboutLengthsAndVersions() throws IOException {
    List<byte[]> beginnings =
        List.of(
            new byte[0],
            new byte[] {0},
            bytes(out -> out.writeInt(Integer.MAX_VALUE)),
            bytes(out -> out.writeInt(-1)),
            bytes(out -> out.writeInt(4)),
            bytes(out -> out.writeLong(0)),
            startUp(131072, "user\0materialize\0\0"),
            startUp(Integer.MAX_VALUE, "\0"),
            startUp(196608, "user"),
            startUp(196608, "\0"),
            startUp(196608, "user\0materialize\0\0trailing\0"),
            bytes(
                out -> {
                  out.writeInt(8);
                  out.writeInt(80877103); // SSLRequest, and then no TLS
                  out.write("hello".getBytes(StandardCharsets.US_ASCII));
                }),
            bytes(
                out -> {
                  out.writeInt(16);
                  out.writeInt(80877102); // CancelRequest of nobody's query
                  out.writeInt(123);
                  out.writeInt(456);
                }));
    for (byte[] beginning : beginnings) {
      try (RawConnection connection = new RawConnection(muster.sqlAddress())) {
        connection.send(beginning);
        assertTrue(connection.finish(), "the server keeps a connection that said goodbye");
      }
    }
    for (int length : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0, 3, 1 << 29}) {
      try (RawConnection connection = RawConnection.loggedIn(muster.sqlAddress())) {
        connection.send(message('Q', length, "SELECT 1\0".getBytes(StandardCharsets.US_ASCII)));
        assertTrue(connection.finish(), "the server keeps a connection that said goodbye");
      }
    }
  }

  @Test
  void manyThatNeverFinishTheirStartUp() throws IOException {
    List<RawConnection> halfOpen = new ArrayList<>();
    try {
      for (int i = 0; i < HALF_OPEN_CONNECTIONS; i++) {
        RawConnection connection = new RawConnection(muster.sqlAddress());
        halfOpen.add(connection);
        connection.send(new byte[] {0, 0});
      }
      try (RawConnection another = RawConnection.loggedIn(muster.sqlAddress())) {
        another.send(query("SELECT 1"));
        assertEquals("", another.awaitReadyForQuery());
      }
    } finally {
      for (RawConnection connection : halfOpen) {
        connection.close();
      }
    }
  }

  /** Each is refused with an SQLSTATE, and the same connection then works. */
  @Test
  void statementsThatWantTheParserDead() throws IOException {
    List<String> statements =
        List.of(
            "SELECT " + "(".repeat(50_000) + "1" + ")".repeat(50_000),
            "SELECT " + "-".repeat(10) + "x\n" + "NOT ".repeat(50_000) + "true",
            "SELECT " + "1+".repeat(50_000) + "(",
            "CREATE CLUSTER " + "c".repeat(1_000_000) + " (SIZE",
            "CREATE CLUSTER c (" + "SIZE = '1', ".repeat(20_000) + ")",
            "SELECT '" + "x".repeat(4_000_000),
            "/*".repeat(50_000),
            "\"",
            "$$",
            "\u0001\u0002\uFFFF",
            "'; DROP CLUSTER calm; --");
    try (RawConnection connection = RawConnection.loggedIn(muster.sqlAddress())) {
      for (String statement : statements) {
        connection.send(query(statement));
        String state = connection.awaitReadyForQuery();
        assertTrue(
            state.length() == 5,
            () -> "not refused: " + statement.substring(0, Math.min(40, statement.length())));
        connection.send(query("SELECT 1"));
        assertEquals("", connection.awaitReadyForQuery());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT getenv('HOME')",
        "SELECT * FROM mz_clusters; COPY mz_clusters TO '/tmp/muster-stolen.csv'",
        "COPY (SELECT 1) TO '/tmp/muster-stolen.csv'",
        "ATTACH '/tmp/muster-stolen.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "PRAGMA database_list",
        "CREATE TABLE t (x int)",
        "DELETE FROM mz_clusters",
        "UPDATE mz_clusters SET name = 'x'",
        "DROP TABLE mz_clusters",
        "SET enable_external_access = true; SELECT * FROM read_csv('/etc/passwd')",
      })
  void sqlReachesNothingButTheCatalog(String statement) {
    SQLException refused = assertThrows(SQLException.class, () -> muster.sql(statement));
    assertTrue(
        refused.getSQLState() != null
            && refused.getSQLState().length() == 5
            && !refused.getSQLState().startsWith("XX")
            && !refused.getSQLState().startsWith("08"),
        () -> refused.getSQLState() + " " + refused.getMessage());
  }

  private static byte[] garbage(Random random) {
    byte[] garbage = new byte[random.nextInt(2_000)];
    random.nextBytes(garbage);
    return garbage;
  }

  private static long seed() {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    System.out.println("HostileBytesIT: seed " + seed);
    return seed;
  }
}

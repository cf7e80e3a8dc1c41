package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was acknowledged on one connection is what the very next query on another sees. */
class ReadYourWritesIT {
  private static final int STATEMENTS = Soak.rounds(60, 150);

  @RegisterExtension static final Harness HARNESS = new Harness();

  private static RunningMuster muster;

  private Connection writer;
  private Connection reader;

  @BeforeAll
  static void start() {
    muster = HARNESS.aMuster().withRuntime("simulated").start();
  }

  @BeforeEach
  void connect() throws SQLException {
    writer = muster.connect();
    reader = muster.connect();
  }

  @AfterEach
  void disconnect() throws SQLException {
    writer.close();
    reader.close();
  }

  @Test
  void aChangedFactorIsSeenAtOnceWithItsReplicas() throws SQLException {
    RunningMuster.sql(writer, "CREATE CLUSTER c (SIZE = '1', REPLICATION FACTOR = 0)");
    try (PreparedStatement query =
        reader.prepareStatement(
            "SELECT c.replication_factor, count(r.id) FROM mz_catalog.mz_clusters c"
                + " LEFT JOIN mz_catalog.mz_cluster_replicas r ON r.cluster_id = c.id"
                + " WHERE c.name = ? GROUP BY c.replication_factor")) {
      for (int i = 1; i <= STATEMENTS; i++) {
        int factor = i % 4;
        RunningMuster.sql(writer, "ALTER CLUSTER c SET (REPLICATION FACTOR = " + factor + ")");
        query.setString(1, "c");
        try (ResultSet row = query.executeQuery()) {
          row.next();
          assertEquals(
              factor + " with " + factor, row.getInt(1) + " with " + row.getInt(2), "round " + i);
        }
      }
    }
  }

  @Test
  void aNameIsSeenAtOnceAndIsGoneAtOnce() throws SQLException {
    for (int i = 0; i < STATEMENTS / 3; i++) {
      RunningMuster.sql(writer, "CREATE CLUSTER first (SIZE = '1', REPLICATION FACTOR = 1)");
      assertEquals(List.of("first"), names());
      RunningMuster.sql(writer, "ALTER CLUSTER first RENAME TO second");
      assertEquals(List.of("second"), names());
      RunningMuster.sql(writer, "DROP CLUSTER second");
      assertEquals(List.of(), names());
    }
  }

  @Test
  void everyWriterSeesItsOwnWritesWhileOthersWrite() throws Exception {
    List<Future<?>> work = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        String name = "own" + i;
        work.add(
            threads.submit(
                () -> {
                  changeAndRead(name);
                  return null;
                }));
      }
      for (Future<?> one : work) {
        one.get();
      }
    }
  }

  private void changeAndRead(String name) throws SQLException {
    try (Connection mine = muster.connect();
        Connection other = muster.connect()) {
      RunningMuster.sql(mine, "CREATE CLUSTER " + name + " (SIZE = '1', REPLICATION FACTOR = 0)");
      for (int i = 0; i < STATEMENTS / 5; i++) {
        RunningMuster.sql(mine, "COMMENT ON CLUSTER " + name + " IS 'note " + i + "'");
        assertEquals(
            List.of("note " + i),
            RunningMuster.sql(
                other,
                "SELECT m.comment FROM mz_internal.mz_comments m JOIN mz_catalog.mz_clusters c ON"
                    + " c.id = m.id WHERE c.name = '"
                    + name
                    + "'"));
      }
    }
  }

  private List<String> names() throws SQLException {
    return RunningMuster.sql(
        reader, "SELECT name FROM mz_catalog.mz_clusters WHERE name IN ('first', 'second')");
  }
}

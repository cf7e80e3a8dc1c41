package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.deploy.bench.Pgbench.Load;
import dev.muster.deploy.bench.Pgbench.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the machine's own PostgreSQL, where it has one. */
final class ThrowawayPostgresTest {
  @TempDir private Path parent;

  /**
   * The folder's owner is we; where we are root, PostgreSQL runs as another user and must be able
   * to pass.
   */
  @BeforeEach
  void othersMayPassThrough() throws IOException {
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
  }

  @BeforeEach
  void onlyWherePostgresIsInstalled() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    assumeTrue(PostgresBinaries.find(Path.of("/usr/lib/postgresql"), path).isPresent());
  }

  @Test
  void itSyncsEveryCommitAndIsGoneAfterwards() throws SQLException {
    ProcessHandle process;
    try (Workshop workshop = Workshop.open(parent)) {
      ThrowawayPostgres postgres = ThrowawayPostgres.start(workshop);
      process = postgres.process();
      assertEquals("on", setting(postgres, "fsync"));
      assertEquals("on", setting(postgres, "synchronous_commit"));
    }

    assertFalse(process.isAlive());
    assertEquals(0, parent.toFile().list().length);
  }

  @Test
  void pgbenchMeasuresEachTransaction() {
    try (Workshop workshop = Workshop.open(parent)) {
      ThrowawayPostgres postgres = ThrowawayPostgres.start(workshop);
      Load load = new Load(postgres, "SELECT :one;\n", Map.of("one", 1L), Protocol.PREPARED, 2);

      Pgbench.Run run = new Pgbench(workshop, postgres.binaries()).run(load, 1);

      assertTrue(run.transactionsPerSecond() > 0);
      assertTrue(run.latencyMicros().count() > 0);
    }
  }

  @Test
  void aStatementThatFailsIsAnErrorAndNoFigure() {
    try (Workshop workshop = Workshop.open(parent)) {
      ThrowawayPostgres postgres = ThrowawayPostgres.start(workshop);
      Load load = new Load(postgres, "SELECT nonsense;\n", Map.of(), Protocol.SIMPLE, 1);
      Pgbench pgbench = new Pgbench(workshop, postgres.binaries());

      BenchException failure = assertThrows(BenchException.class, () -> pgbench.run(load, 1));

      assertTrue(
          failure.getMessage().contains("column \"nonsense\" does not exist"),
          failure.getMessage());
    }
  }

  private static String setting(Server server, String name) throws SQLException {
    try (Connection connection = server.connect();
        ResultSet row = connection.createStatement().executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }
}

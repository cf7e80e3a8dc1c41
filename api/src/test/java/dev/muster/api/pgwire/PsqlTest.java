package dev.muster.api.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real psql. Where it is not installed these tests say so loudly and are skipped; with the
 * environment variable {@code CI} set they fail, for there it must be.
 */
class PsqlTest {
  private static final List<String> PLACES =
      List.of("/usr/bin/psql", "/usr/local/bin/psql", "/opt/homebrew/bin/psql");

  @TempDir Path directory;
  private PgWireServer server;

  @BeforeEach
  void start() throws IOException {
    server = PgWireServer.start(PgWireSettings.of("127.0.0.1", 0), new FakeSessions());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String findPsql() {
    Optional<String> psql =
        PLACES.stream().filter(place -> Files.isExecutable(Path.of(place))).findFirst();
    if (psql.isEmpty()) {
      String missing = "psql is not installed; on Debian: apt-get install postgresql-client";
      System.err.println("NOT TESTED: the wire protocol with psql. " + missing);
      assertNull(System.getenv("CI"), missing);
      return abort(missing);
    }
    return psql.get();
  }

  private record Outcome(int status, String output, String errors) {}

  private Outcome psql(String... commands) throws Exception {
    String psql = findPsql();
    List<String> line =
        new ArrayList<>(List.of(psql, "-X", "-A", "-t", "-w", "-h", "127.0.0.1", "-p"));
    line.add(Integer.toString(server.address().getPort()));
    line.addAll(List.of("-U", "materialize", "-d", "materialize"));
    for (String command : commands) {
      line.addAll(List.of("-c", command));
    }
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("PGCLIENTENCODING", "UTF8");
    int status = builder.start().waitFor();
    return new Outcome(
        status,
        Files.readString(output, StandardCharsets.UTF_8),
        Files.readString(errors, StandardCharsets.UTF_8));
  }

  @Test
  void printsRowsAndTags() throws Exception {
    Outcome outcome = psql("SELECT 1", "CREATE CLUSTER c", "ROWS 2");
    assertEquals("1\nCREATE CLUSTER\n0|row 0\n1|row 1\n", outcome.output());
    assertEquals(new Outcome(0, outcome.output(), ""), outcome);
  }

  @Test
  void printsErrorsWithTheirFields() throws Exception {
    Outcome outcome = psql("FAIL 42704 unknown cluster 'x'");
    assertEquals(1, outcome.status());
    assertEquals(
        """
        ERROR:  unknown cluster 'x'
        LINE 1: FAIL 42704 unknown cluster 'x'
                     ^
        DETAIL:  the detail
        HINT:  the hint
        """,
        outcome.errors());
  }

  @Test
  void printsNoticesBeforeTheResult() throws Exception {
    Outcome outcome = psql("NOTICE take note");
    assertEquals("NOTICE:  take note\n", outcome.errors());
    assertEquals("NOTICE\n", outcome.output());
  }

  @Test
  void runsSeveralStatementsOfOneMessage() throws Exception {
    Outcome outcome = psql("CREATE CLUSTER c; SELECT 1; FAIL 22012 no; SELECT 1");
    assertEquals("CREATE CLUSTER\n1\n", outcome.output());
    assertTrue(outcome.errors().contains("ERROR:  no"), outcome.errors());
  }

  @Test
  void tellsWhyItMayNotComeIn() throws Exception {
    server.close();
    server =
        PgWireServer.start(
            PgWireSettings.of("127.0.0.1", 0),
            request -> {
              throw new dev.muster.api.error.SqlException(
                  dev.muster.api.error.SqlMessage.error("28000", "nobody may come in"));
            });
    Outcome outcome = psql("SELECT 1");
    assertEquals(2, outcome.status());
    assertTrue(outcome.errors().contains("FATAL:  nobody may come in"), outcome.errors());
  }
}

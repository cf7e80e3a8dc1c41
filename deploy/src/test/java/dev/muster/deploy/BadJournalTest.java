package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.journal.sqlite.EmbeddedJournal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file that is no journal, or no whole one: each command says what it is, and leaves it alone.
 */
final class BadJournalTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;

  @BeforeEach
  void aDataDirectory() throws IOException {
    DataDirectory.open(folder).close();
    file = EmbeddedJournal.file(folder);
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private static List<String> command(String line, Path folder) {
    List<String> all = new ArrayList<>(List.of(line.split(" ")));
    all.addAll(List.of("--data-dir", folder.toString()));
    if (line.equals("start")) {
      all.addAll(List.of("--sql-port", "0", "--internal-sql-port", "0", "--http-port", "0"));
    }
    return all;
  }

  private void assertNamed(String line, String named) throws IOException {
    byte[] before = Files.readAllBytes(file);
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(command(line, folder).toArray(String[]::new));
    String said = err.toString();
    assertEquals(1, code, said + out);
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.contains(named) && said.contains(file.getFileName().toString()), said);
    assertFalse(said.contains("Exception"), said);
    assertArrayEquals(before, Files.readAllBytes(file), "it was written to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "replay", "audit verify"})
  void aFileThatIsNoDatabase(String line) throws IOException {
    Files.writeString(file, "Dear diary, ".repeat(1000));
    assertNamed(line, "is not a SQLite database");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "replay", "audit verify"})
  void theDatabaseOfAnotherProgram(String line) throws Exception {
    execute("CREATE TABLE recipes (name TEXT)", "INSERT INTO recipes VALUES ('soup')");
    assertNamed(line, "is not a Muster journal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "replay", "audit verify"})
  void aJournalOfANewerMuster(String line) throws Exception {
    EmbeddedJournal.prepare(folder);
    execute("PRAGMA user_version = 99");
    assertNamed(line, "written by a newer Muster");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "replay", "audit verify"})
  void aJournalThatWasCutOff(String line) throws Exception {
    EmbeddedJournal.prepare(folder);
    execute(
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,"
            + " adapter_manifest, event_ser_id, event_ser_manifest, event_payload)"
            + " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
            + " SELECT 'environment|main', i, 'w', 0, '', 6875, 'x:1', randomblob(500) FROM n",
        "PRAGMA wal_checkpoint(TRUNCATE)");
    try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
      whole.setLength(whole.length() / 2);
    }
    assertNamed(line, "damaged");
  }

  /** What was there, or never was: only the marker knows. */
  private void aJournalWasMade() throws IOException {
    DataDirectory.prepareJournal(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "replay", "audit verify"})
  void aJournalThatWasEmptied(String line) throws Exception {
    aJournalWasMade();
    Files.write(file, new byte[0]);
    assertNamed(line, "is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "replay", "audit verify"})
  void aJournalThatLostItsTables(String line) throws Exception {
    aJournalWasMade();
    Files.delete(file);
    execute("PRAGMA encoding = 'UTF-8'", "VACUUM");
    assertNamed(line, "is empty");
  }

  @Test
  void aJournalThatVanishedIsRefusedAndNotMadeAnew() throws IOException {
    aJournalWasMade();
    Files.delete(file);
    int code =
        Main.commandLine()
            .setErr(new PrintWriter(err))
            .execute(command("start", folder).toArray(String[]::new));
    String said = err.toString();
    assertEquals(1, code, said);
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.contains(file + " is missing"), said);
    assertTrue(said.contains("nothing was changed") && said.contains("--data-dir"), said);
    assertFalse(Files.exists(file), "it was made anew");
  }

  @Test
  void aClockThatIsBehindTheJournalIsSpokenOf() {
    assertTrue(ClockWatch.line(Duration.ofMillis(900)).isEmpty());
    String line = ClockWatch.line(Duration.ofMinutes(5)).orElseThrow();
    assertTrue(line.contains("jumped back") && line.contains("300.0 seconds"), line);
  }
}

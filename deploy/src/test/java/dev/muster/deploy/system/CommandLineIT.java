package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.deploy.NodeAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher as a user meets it: what it says, and how it says no. */
class CommandLineIT {
  @RegisterExtension final Harness harness = new Harness();

  @Test
  void theLauncherStartsServesAndStopsCleanly() throws SQLException {
    RunningMuster muster = harness.aMuster().byLauncher().start();
    assertEquals(List.of("1"), muster.sql("SELECT 1"));
    NodeAddresses addresses = NodeAddresses.find(muster.dataDirectory()).orElseThrow();
    assertEquals(muster.httpAddress(), addresses.http());
    assertNotEquals(0, addresses.internalSql().getPort());
    assertEquals(0, muster.terminate(), "exit code after SIGTERM");
    assertFalse(muster.standardError().contains("\tat "), muster.standardError());
    assertEquals(Optional.empty(), NodeAddresses.find(muster.dataDirectory()));
    muster.start();
    assertEquals(List.of("quickstart"), muster.sql("SELECT name FROM mz_clusters WHERE id = 'u1'"));
  }

  /** As a process; {@code CommandLineTest} has every other option. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      textBlock =
          """
          start --sql-port 65536 : 65536
          stop-replicas --data-dir /no/such/folder : /no/such/folder
          fly : fly
          """)
  void aBadOptionIsOneClearLine(String arguments, String named) {
    List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
    if (all.getFirst().equals("start")) {
      all.addAll(List.of("--data-dir", harness.folder().resolve("data").toString()));
    }
    String line = refusal(all);
    assertTrue(line.contains(named), () -> "does not name " + named + ": " + line);
  }

  @Test
  void aSecondMusterOnOneDataDirectoryIsRefusedAndHurtsNothing() throws SQLException {
    RunningMuster first = harness.aMuster().start();
    first.sql("CREATE CLUSTER mine (SIZE = '1', REPLICATION FACTOR = 0)");
    String line = refusal(start(first.dataDirectory()));
    assertTrue(line.contains(first.dataDirectory().toString()) && line.contains("in use"), line);
    first.sql("ALTER CLUSTER mine SET (REPLICATION FACTOR = 1)");
    first.kill9();
    first.start();
    assertEquals(
        List.of("1"), first.sql("SELECT replication_factor FROM mz_clusters WHERE name = 'mine'"));
  }

  @Test
  void aConfigurationThatCannotBeUnderstoodIsOneClearLine() throws IOException {
    Path folder = harness.folder();
    Path broken = Files.writeString(folder.resolve("broken.conf"), "muster { sizes = [");
    String line = refusal(start(folder.resolve("data"), "--config", broken.toString()));
    assertTrue(line.contains("broken.conf"), line);
  }

  @Test
  void aConfigurationThatMakesNoSenseIsOneClearLineThatNamesTheSetting() throws IOException {
    Path folder = harness.folder();
    String setting = "muster.clusters.max-replicas-per-cluster";
    Path senseless = Files.writeString(folder.resolve("senseless.conf"), setting + " = 0");
    Program.Result result =
        run(start(folder.resolve("data"), "--config", senseless.toString()).toArray(String[]::new));
    assertNotEquals(0, result.exitCode());
    assertEquals(
        "muster: the configuration cannot be used: " + setting + " must be at least 1",
        result.error().strip());
  }

  private static List<String> start(Path dataDirectory, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("start", "--data-dir", dataDirectory.toString(), "--runtime", "simulated"));
    List<String> given = List.of(options);
    arguments.addAll(given);
    for (String port : List.of("--sql-port", "--internal-sql-port", "--http-port")) {
      if (!given.contains(port)) {
        arguments.addAll(List.of(port, "0"));
      }
    }
    return arguments;
  }

  /**
   * Runs it, expects that it ends in failure at once, and returns what it said: one line, and where
   * to look further.
   */
  private static String refusal(List<String> arguments) {
    Program.Result result = run(arguments.toArray(String[]::new));
    assertNotEquals(0, result.exitCode(), () -> "it should have failed: " + arguments);
    assertEquals("", result.output(), "standard output is not for complaints");
    List<String> lines = result.error().lines().toList();
    assertTrue(
        !lines.isEmpty()
            && lines.size() <= 2
            && lines.stream().allMatch(line -> line.startsWith("muster: ")),
        () -> "not one clear line:\n" + result.error());
    return lines.getFirst();
  }

  private static Program.Result run(String... arguments) {
    return Program.run(Distribution.command(List.of(arguments)), Map.of(), "");
  }
}

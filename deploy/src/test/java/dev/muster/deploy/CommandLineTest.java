package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandLineTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start --nonsense | Unknown option: '--nonsense'",
        "start --sql-port many | Invalid value for option '--sql-port': 'many' is not an int",
        "start --sql-port 70000 | a port must be between 0 and 65535: 70000",
        "start --sql-port 65536 | a port must be between 0 and 65535: 65536",
        "start --zones , | --zones must name one zone at least",
        "start --zones az1,az1 | --zones names a zone twice: az1,az1",
        "start --host 0.0.0.0 | --host 0.0.0.0 is not a loopback address; that needs --insecure,"
            + " since there is no TLS yet",
        "start --config /does/not/exist | the configuration file cannot be read: /does/not/exist",
        "strat | Unmatched argument at index 0: 'strat'",
      })
  void aBadOptionIsOneClearLineAndExitCodeTwo(String line, String expected) {
    assertEquals(CommandLine.ExitCode.USAGE, run(line.split(" ")));
    assertEquals("muster: " + expected, err.toString().lines().findFirst().orElseThrow());
    assertEquals(2, err.toString().lines().count(), err.toString());
  }

  @Test
  void aRuntimeThatIsNoneNamesThoseThatAre() {
    assertEquals(CommandLine.ExitCode.USAGE, run("start", "--runtime", "docker"));
    assertTrue(err.toString().contains("[process, simulated]"), err.toString());
  }

  @Test
  void aForeignDataDirectoryIsOneClearLineAndExitCodeOne() throws Exception {
    Files.writeString(folder.resolve("thesis.tex"), "precious");
    int code =
        run(
            "start",
            "--sql-port",
            "0",
            "--internal-sql-port",
            "0",
            "--http-port",
            "0",
            "--data-dir",
            folder.toString());
    assertEquals(CommandLine.ExitCode.SOFTWARE, code);
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(
        err.toString().contains("is not empty and is no Muster data directory"), err.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--data-dir",
        "--host",
        "--sql-port",
        "--internal-sql-port",
        "--http-port",
        "--zones",
        "--runtime",
        "--config",
        "--insecure"
      })
  void helpExplainsEveryOption(String option) {
    assertEquals(CommandLine.ExitCode.OK, run("start", "--help"));
    assertTrue(out.toString().contains(option), out.toString());
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}

package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class BenchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      new CommandLine(new BenchCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  @Test
  void thereIsOneForEachPromise() {
    assertEquals(
        Set.of(
            "ddl",
            "catalog",
            "recover",
            "memory",
            "resize",
            "crash",
            "fleet",
            "failover",
            "rolling",
            "cassandra",
            "replay"),
        command.getSubcommands().keySet());
  }

  @Test
  void withoutANameItSaysWhichThereAre() {
    assertEquals(CommandLine.ExitCode.USAGE, command.execute());
    assertTrue(
        err.toString().contains("crash, fleet, failover, rolling, cassandra or replay"),
        err.toString());
  }

  @Test
  void negativeNumbersAreRefusedBeforeAnythingIsStarted() {
    assertEquals(CommandLine.ExitCode.USAGE, command.execute("ddl", "--rounds", "-1"));
    assertTrue(err.toString().contains("must be positive numbers"), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void noConnectionsAreRefused() {
    assertEquals(CommandLine.ExitCode.USAGE, command.execute("ddl", "--connections", "0"));
    assertTrue(err.toString().contains("--connections"), err.toString());
  }

  @Test
  void helpExplainsEveryOption() {
    assertEquals(CommandLine.ExitCode.OK, command.execute("ddl", "--help"));
    for (String option :
        new String[] {"--clusters", "--seconds", "--rounds", "--connections", "--short", "--dir"}) {
      assertTrue(out.toString().contains(option), option);
    }
  }
}

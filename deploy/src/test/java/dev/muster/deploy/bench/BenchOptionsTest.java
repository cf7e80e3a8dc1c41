package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class BenchOptionsTest {
  @Test
  void whatIsNotSaidIsTheBenchmarksOwn() {
    BenchOptions options = parse();

    assertEquals(1000, options.clusters(1000));
    assertEquals(30, options.seconds(30));
    assertEquals(5, options.rounds(5));
  }

  @Test
  void aShortRunIsSmallInEveryWay() {
    BenchOptions options = parse("--short");

    assertEquals(200, options.clusters(10_000));
    assertEquals(2, options.seconds(30));
    assertEquals(1, options.rounds(5));
  }

  @Test
  void whatIsSaidCountsInAShortRunToo() {
    BenchOptions options = parse("--short", "--clusters", "32", "--rounds=2", "--seconds=1");

    assertEquals(32, options.clusters(10_000));
    assertEquals(2, options.rounds(5));
    assertEquals(1, options.seconds(30));
  }

  private static BenchOptions parse(String... arguments) {
    Probe probe = new Probe();
    new CommandLine(probe).parseArgs(arguments);
    return probe.options;
  }

  @Command
  private static final class Probe {
    @CommandLine.Mixin private BenchOptions options;
  }
}

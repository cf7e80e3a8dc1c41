package dev.muster.deploy.bench;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What can be said to every benchmark. A number of 0 means the benchmark's own default. */
final class BenchOptions {
  @Option(
      names = "--clusters",
      paramLabel = "N",
      description =
          "how many clusters there are (default: 1000 for ddl, 10000 for the others; 200 with"
              + " --short)")
  private int clusters;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "how long each turn, or each look at an idle Muster, lasts (default: 10, memory 30; 2"
              + " with --short)")
  private int seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "how often each side has its turn (default: 5, recover 3; 1 with --short)")
  private int rounds;

  @Option(
      names = "--short",
      description = "a run that shows that the benchmark works, in seconds; its figures say little")
  private boolean brief;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "where both servers keep their data meanwhile: decides which disk is measured (default:"
              + " ${DEFAULT-VALUE})")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

  int clusters(int usual) {
    return choose(clusters, usual, 200);
  }

  int seconds(int usual) {
    return choose(seconds, usual, 2);
  }

  int rounds(int usual) {
    return choose(rounds, usual, 1);
  }

  /** How often at most each side has a turn before anything is measured. */
  int warmUpTurns(int usual) {
    return brief ? 1 : usual;
  }

  Path directory() {
    return directory.toAbsolutePath();
  }

  /** What is wrong with them, in one line; empty if nothing. */
  String mistake() {
    return clusters < 0 || seconds < 0 || rounds < 0
        ? "--clusters, --seconds and --rounds must be positive numbers"
        : "";
  }

  private int choose(int given, int usual, int whenShort) {
    return given > 0 ? given : brief ? whenShort : usual;
  }
}

package dev.muster.deploy.bench;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** At how many connections at once something is measured. */
final class ConnectionCounts {
  @Spec(Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  private List<Integer> counts = List.of(1, 16);

  @Option(
      names = "--connections",
      paramLabel = "N",
      split = ",",
      description =
          "at how many connections at once it is measured, one after the other (default: 1,16)")
  void counts(List<Integer> given) {
    if (given.stream().anyMatch(count -> count < 1)) {
      throw new ParameterException(spec.commandLine(), "--connections must be positive numbers");
    }
    counts = List.copyOf(given);
  }

  List<Integer> counts() {
    return counts;
  }
}

package dev.muster.deploy;

import dev.muster.actors.runtime.process.ReplicaStopper;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code muster stop-replicas}: ends the replicas that a stopped Muster has left running. */
@Command(
    name = "stop-replicas",
    description =
        "Stops every replica process of a data directory whose Muster has stopped. The clusters"
            + " stay as they were declared: the next start brings their replicas back.",
    mixinStandardHelpOptions = true)
final class StopReplicasCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private DataDirectoryOption dataDirectory;

  @Option(
      names = "--grace-period",
      paramLabel = "SECONDS",
      description = "from SIGTERM to SIGKILL (default: ${DEFAULT-VALUE})")
  private int gracePeriodSeconds = 10;

  @Override
  public Integer call() throws Exception {
    try (DataDirectory directory = DataDirectory.openExisting(dataDirectory.path())) {
      int stopped =
          ReplicaStopper.stopAll(directory.path(), Duration.ofSeconds(gracePeriodSeconds));
      spec.commandLine().getOut().println("replicas stopped: " + stopped);
      return 0;
    }
  }
}

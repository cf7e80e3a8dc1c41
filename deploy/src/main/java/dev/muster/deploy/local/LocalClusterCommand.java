package dev.muster.deploy.local;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code muster local-cluster}. */
@Command(
    name = "local-cluster",
    description = "Several nodes in several zones on this machine, on a real Cassandra.",
    subcommands = {LocalStartCommand.class, LocalStatusCommand.class, LocalStopCommand.class},
    mixinStandardHelpOptions = true)
public final class LocalClusterCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing what to do: start, status or stop");
  }
}

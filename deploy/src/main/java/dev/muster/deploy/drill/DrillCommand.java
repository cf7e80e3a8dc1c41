package dev.muster.deploy.drill;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code muster drill NAME}. */
@Command(
    name = "drill",
    description = "Tests how a running installation recovers from a disaster, by making one.",
    mixinStandardHelpOptions = true,
    subcommands = ZoneDrillCommand.class)
public final class DrillCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing what to drill: zone");
  }
}

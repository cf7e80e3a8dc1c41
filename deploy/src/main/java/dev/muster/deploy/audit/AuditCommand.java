package dev.muster.deploy.audit;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code muster audit}. */
@Command(
    name = "audit",
    description = "What can be said of the journal as evidence.",
    subcommands = VerifyCommand.class,
    mixinStandardHelpOptions = true)
public final class AuditCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing required subcommand: try 'muster audit verify'");
  }
}

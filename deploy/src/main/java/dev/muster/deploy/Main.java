package dev.muster.deploy;

import dev.muster.deploy.bench.BenchCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The program behind {@code deploy/bin/muster}. Standard output carries what was asked for,
 * standard error everything else; a failure is one clear line and a non-zero exit.
 */
@Command(
    name = "muster",
    description = "A highly available control plane for managed, replicated compute clusters.",
    mixinStandardHelpOptions = true,
    version = "muster " + Version.TEXT,
    subcommands = {
      StartCommand.class,
      StopReplicasCommand.class,
      TrainCommand.class,
      BenchCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(Main::explainUsage)
        .setExecutionExceptionHandler(Main::explainFailure);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing required subcommand: try 'muster start' or 'muster --help'");
  }

  private static int explainUsage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("muster: " + failure.getMessage().lines().findFirst().orElse("bad arguments"));
    err.println(
        "muster: see '"
            + command.getCommandSpec().qualifiedName()
            + " --help' for what can be said");
    return CommandLine.ExitCode.USAGE;
  }

  private static int explainFailure(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    if (failure instanceof StartupException expected) {
      command.getErr().println("muster: " + expected.getMessage());
    } else {
      command.getErr().println("muster: this is a defect of Muster; please report it:");
      failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}

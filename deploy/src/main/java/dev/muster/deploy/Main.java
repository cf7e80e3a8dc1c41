package dev.muster.deploy;

import dev.muster.deploy.audit.AuditCommand;
import dev.muster.deploy.bench.BenchCommand;
import dev.muster.deploy.drill.DrillCommand;
import dev.muster.deploy.example.ExampleCommand;
import dev.muster.deploy.local.LocalClusterCommand;
import dev.muster.deploy.replay.ReplayCommand;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
    version = "muster " + Version.TEXT)
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] arguments) {
    NativeLibraries.useUnpacked();
    if (arguments.length > 0 && arguments[0].equals("start")) {
      HeadStart.begin();
    }
    System.exit(commandLine(arguments).execute(arguments));
  }

  /**
   * Knows every subcommand, except where the first argument names one: to look at all the options
   * of the others would cost a tenth of a start.
   */
  static CommandLine commandLine(String... arguments) {
    CommandLine commandLine = new CommandLine(new Main());
    Map<String, Supplier<Object>> subcommands = subcommands();
    String first = arguments.length == 0 ? "" : arguments[0];
    if (subcommands.containsKey(first)) {
      subcommands.keySet().retainAll(Set.of(first));
    }
    subcommands.forEach((name, subcommand) -> commandLine.addSubcommand(name, subcommand.get()));
    return commandLine
        .setParameterExceptionHandler(Main::explainUsage)
        .setExecutionExceptionHandler(Main::explainFailure);
  }

  private static Map<String, Supplier<Object>> subcommands() {
    Map<String, Supplier<Object>> subcommands = new LinkedHashMap<>();
    subcommands.put("start", StartCommand::new);
    subcommands.put("local-cluster", LocalClusterCommand::new);
    subcommands.put("stop-replicas", StopReplicasCommand::new);
    subcommands.put("replay", ReplayCommand::new);
    subcommands.put("audit", AuditCommand::new);
    subcommands.put("train", TrainCommand::new);
    subcommands.put("drill", DrillCommand::new);
    subcommands.put("bench", BenchCommand::new);
    subcommands.put("example", ExampleCommand::new);
    subcommands.put("help", CommandLine.HelpCommand::new);
    return subcommands;
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

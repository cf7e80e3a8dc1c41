package dev.muster.deploy.example;

import dev.muster.actors.MusterClients;
import dev.muster.actors.client.ClientOptions;
import dev.muster.api.MusterClient;
import dev.muster.deploy.StartupException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster example}. */
@Command(
    name = "example",
    description = {
      "Joins the nodes of an installation as a client of the message API: creates a cluster, alters"
          + " it and drops it, and prints every change meanwhile.",
      "With --follow it only prints changes, until Ctrl-C, whatever becomes of single nodes."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class ExampleCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "HOST:PORT",
      description =
          "--node-address of some nodes (default: those of 'muster local-cluster',"
              + " ${DEFAULT-VALUE})",
      defaultValue = "127.0.0.1:25520,127.0.0.1:25521,127.0.0.1:25522")
  private List<String> seeds;

  @Option(
      names = "--address",
      paramLabel = "HOST",
      description = "where the nodes reach this program (default: ${DEFAULT-VALUE})")
  private String address = "127.0.0.1";

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description =
          "the cluster to create and to drop again, or with --follow the one to follow (default:"
              + " all)")
  private String cluster;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description = "its size (default: ${DEFAULT-VALUE})")
  private String size = "25cc";

  @Option(names = "--follow", description = "only prints what happens")
  private boolean follow;

  @Override
  public Integer call() throws InterruptedException {
    // Where several threads are the first to log something, the library tells of that at length.
    LoggerFactory.getILoggerFactory();
    PrintWriter out = spec.commandLine().getOut();
    ClientOptions local = ClientOptions.local(seeds);
    ClientOptions options =
        new ClientOptions(seeds, address, local.port(), local.within(), local.settings());
    try {
      if (follow) {
        new Follower(options, cluster, out).run();
      } else {
        try (MusterClient muster = MusterClients.connect(options)) {
          new Example(muster, out).run(cluster == null ? "example" : cluster, size);
        }
      }
      return CommandLine.ExitCode.OK;
    } catch (MusterClients.NotConnectedException notIn) {
      throw new StartupException(notIn.getMessage());
    } catch (CompletionException cutOff) {
      throw new StartupException(cutOff.getCause().getMessage());
    }
  }
}

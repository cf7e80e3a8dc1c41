package dev.muster.deploy.drill;

import dev.muster.deploy.DataDirectories;
import dev.muster.deploy.NodeAddresses;
import dev.muster.deploy.StartCommand;
import dev.muster.deploy.StartupException;
import dev.muster.deploy.drill.Installation.Zone;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code muster drill zone NAME}: the operator's test of disaster recovery, levels 1 and 2. */
@Command(
    name = "zone",
    description = {
      "Takes an availability zone out of a running installation, as if it were lost, and measures"
          + " for every cluster how long it had no hydrated replica; then brings the zone back,"
          + " waits for the repaired spread, and prints a report.",
      "What runs in the zone ends. Clusters with replicas in other zones serve throughout; the"
          + " others serve again once a new replica has hydrated. Interrupted with Ctrl-C, it"
          + " brings the zone back at once.",
      "Exit code: 0 if all recovered as they should, 1 if not or if the drill could not be held, 2"
          + " for bad arguments."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ZoneDrillCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "ZONE", description = "the availability zone, such as az1")
  private String zone;

  @Option(
      names = "--internal-sql-port",
      paramLabel = "N",
      description =
          "where Muster listens for SQL as mz_system (default: what the data directory says, else "
              + StartCommand.INTERNAL_SQL_PORT
              + ")")
  private Integer port;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "the data directory of the Muster, which says where it listens")
  private Path dataDirectory;

  @Option(
      names = "--hold",
      paramLabel = "SECONDS",
      description =
          "how long the zone stays out once all have recovered without it (default:"
              + " ${DEFAULT-VALUE})")
  private int holdSeconds;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description =
          "how long to wait for recovery, and again for the repaired spread (default:"
              + " ${DEFAULT-VALUE})")
  private int patienceSeconds = 300;

  @Override
  public Integer call() throws Exception {
    if (port != null && (port < 1 || port > 65535)) {
      throw new ParameterException(
          spec.commandLine(), "a port must be between 1 and 65535: " + port);
    }
    if (holdSeconds < 0 || patienceSeconds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--hold must not be negative, and --patience at least 1");
    }
    PrintWriter out = spec.commandLine().getOut();
    Installation installation =
        new Installation("127.0.0.1", port == null ? foundPort() : port, "mz_system");
    try (ZoneDrill drill = new ZoneDrill(installation, zone, out)) {
      mustBeOne(drill.zones());
      DrillReport report = drill.hold(holdSeconds, patienceSeconds);
      report.print(out);
      return report.passed() ? 0 : 1;
    } catch (DrillException impossible) {
      spec.commandLine().getErr().println("muster: " + impossible.getMessage());
      return 1;
    } catch (SQLException failure) {
      spec.commandLine()
          .getErr()
          .println("muster: the drill was broken off: " + Installation.firstLine(failure));
      return 1;
    }
  }

  private int foundPort() {
    Path asked = dataDirectory == null ? DataDirectories.DEFAULT : dataDirectory;
    Optional<Integer> found =
        NodeAddresses.find(asked).map(addresses -> addresses.internalSql().getPort());
    if (found.isEmpty() && dataDirectory != null) {
      throw new StartupException("no Muster runs on the data directory " + dataDirectory);
    }
    return found.orElse(StartCommand.INTERNAL_SQL_PORT);
  }

  private void mustBeOne(List<Zone> zones) {
    if (zones.stream().noneMatch(one -> one.name().equals(zone))) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no availability zone \""
              + zone
              + "\"; there are "
              + zones.stream().map(Zone::name).collect(Collectors.joining(", ")));
    }
  }
}

package dev.muster.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * {@code muster start}: one node with an embedded journal, in the foreground, until SIGTERM or
 * SIGINT.
 */
@Command(
    name = "start",
    description = {
      "Starts a node in the foreground: a single one with an embedded, durable journal, or with"
          + " --node one of several.",
      "Prints one line 'muster ready: sql=HOST:PORT http=HOST:PORT' when it serves; SIGTERM and"
          + " SIGINT stop it. The replicas keep running meanwhile, and the next start on the same"
          + " data directory adopts them; 'muster stop-replicas' ends them."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class StartCommand implements Callable<Integer> {
  /** Where SQL as mz_system is spoken, unless told. */
  public static final int INTERNAL_SQL_PORT = 6877;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where journal, replicas and log are kept (default: ${DEFAULT-VALUE})")
  private Path dataDirectory = DataDirectories.DEFAULT;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "the address to listen on (default: ${DEFAULT-VALUE}); others than loopback need"
              + " --insecure")
  private String host = "127.0.0.1";

  @Option(
      names = "--sql-port",
      paramLabel = "N",
      description =
          "port for SQL, the PostgreSQL protocol; 0 takes a free one (default: ${DEFAULT-VALUE})")
  private int sqlPort = 6875;

  @Option(
      names = "--internal-sql-port",
      paramLabel = "N",
      description =
          "port for SQL as mz_system, on loopback only; 0 takes a free one (default:"
              + " ${DEFAULT-VALUE})")
  private int internalSqlPort = INTERNAL_SQL_PORT;

  @Option(
      names = "--http-port",
      paramLabel = "N",
      description = "port for health checks; 0 takes a free one (default: ${DEFAULT-VALUE})")
  private int httpPort = 6878;

  @Option(
      names = "--zones",
      paramLabel = "A,B,C",
      split = ",",
      description = "the availability zones that this machine stands for (default: az1,az2,az3)")
  private List<String> zones = List.of("az1", "az2", "az3");

  @Option(
      names = "--runtime",
      paramLabel = "NAME",
      description =
          "how replicas run: 'process', as processes of this machine, 'kubernetes', as pods, or"
              + " 'simulated', inside this one (default: ${DEFAULT-VALUE})")
  private Runtime runtime = Runtime.process;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "settings in HOCON, laid over the defaults; see the reference.conf of each module")
  private Path configuration;

  @Option(
      names = "--insecure",
      description =
          "allows to listen on other addresses than loopback although there is neither TLS nor"
              + " password")
  private boolean insecure;

  @ArgGroup(exclusive = false, heading = "One of several nodes, which share a Cassandra:%n")
  private MembershipOptions membership;

  /** As the user spells them. */
  @SuppressWarnings("java:S115")
  enum Runtime {
    process,
    kubernetes,
    simulated
  }

  @Override
  public Integer call() throws Exception {
    return new ForegroundNode(options())
        .run(spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  private StartOptions options() {
    for (int port : new int[] {sqlPort, internalSqlPort, httpPort}) {
      require(port >= 0 && port <= 65535, "a port must be between 0 and 65535: " + port);
    }
    require(
        !zones.isEmpty() && zones.stream().noneMatch(String::isBlank),
        "--zones must name one zone at least");
    require(
        zones.stream().distinct().count() == zones.size(),
        "--zones names a zone twice: " + String.join(",", zones));
    require(
        insecure || Loopback.is(host),
        "--host "
            + host
            + " is not a loopback address; that needs --insecure, since there is no TLS yet");
    require(
        configuration == null || Files.isReadable(configuration),
        "the configuration file cannot be read: " + configuration);
    return new StartOptions(
        dataDirectory,
        host,
        sqlPort,
        internalSqlPort,
        httpPort,
        zones,
        runtime.name(),
        Optional.ofNullable(configuration),
        Optional.ofNullable(membership).map(this::membership));
  }

  private StartOptions.Membership membership(MembershipOptions given) {
    require(zones.contains(given.zone), "--zone is not one of --zones: " + given.zone);
    try {
      StartOptions.Membership checked = given.checked();
      requireLoopback("--node-address", checked.address());
      checked
          .discovery()
          .ifPresent(found -> requireLoopback("--management-address", found.address()));
      return checked;
    } catch (IllegalArgumentException bad) {
      throw new ParameterException(spec.commandLine(), bad.getMessage());
    }
  }

  private void requireLoopback(String option, String address) {
    require(
        insecure || Loopback.is(HostAndPort.parse(address).host()),
        option
            + " "
            + address
            + " is not a loopback address; that needs --insecure, since nodes trust whoever reaches"
            + " them there");
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}

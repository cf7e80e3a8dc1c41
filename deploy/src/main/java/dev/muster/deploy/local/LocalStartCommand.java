package dev.muster.deploy.local;

import dev.muster.deploy.DataDirectories;
import dev.muster.deploy.StartupException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code muster local-cluster start}: Cassandra and the nodes, which then run on by themselves. */
@Command(
    name = "start",
    description = {
      "Starts Cassandra and the nodes, one zone each in turn, and returns when all serve.",
      "Prints one line 'muster ready: node=N zone=Z pid=P sql=HOST:PORT http=HOST:PORT' for each.",
      "Where it runs already, nodes that have ended are started again, as they were."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class LocalStartCommand implements Callable<Integer> {
  private static final int ZONES = 3;
  private static final int NODES_AT_MOST = 9;
  private static final int PORTS_APART = 10;
  private static final int REPLICA_PORT_FIRST = 26000;
  private static final int REPLICA_PORTS = 4000;
  private static final Duration CASSANDRA_WITHIN = Duration.ofSeconds(120);
  private static final Duration NODE_WITHIN = Duration.ofSeconds(120);

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "how many nodes, in up to three zones (default: ${DEFAULT-VALUE})")
  private int nodes = 3;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where all of it is kept (default: ${DEFAULT-VALUE})")
  private Path folder = DataDirectories.LOCAL_CLUSTER;

  @Option(
      names = "--sql-port",
      paramLabel = "N",
      description =
          "port for SQL of the first node, the others 10 apart; 0 takes free ones for everything"
              + " (default: ${DEFAULT-VALUE})")
  private int sqlPort = 6875;

  @Option(
      names = "--runtime",
      paramLabel = "NAME",
      description = "how replicas run: process or simulated (default: ${DEFAULT-VALUE})")
  private String runtime = "process";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings in HOCON for every node, laid over the defaults")
  private Path configuration;

  @Override
  public Integer call() throws Exception {
    if (nodes < 1 || nodes > NODES_AT_MOST) {
      throw new ParameterException(
          spec.commandLine(), "--nodes must be between 1 and " + NODES_AT_MOST);
    }
    if (configuration != null && !Files.isReadable(configuration)) {
      throw new ParameterException(
          spec.commandLine(), "the configuration file cannot be read: " + configuration);
    }
    Optional<LocalState> before = LocalState.read(folder).filter(LocalStartCommand::runs);
    print(before.isPresent() ? LocalRestart.run(folder, before.get(), NODE_WITHIN) : startAll());
    return 0;
  }

  private static boolean runs(LocalState before) {
    return before.cassandra().process().isPresent()
        || before.nodes().stream().anyMatch(LocalRestart::runs);
  }

  private void print(List<LocalState.Node> serving) {
    PrintWriter out = spec.commandLine().getOut();
    serving.forEach(node -> out.println(NodeProcess.readyLine(node)));
    out.flush();
  }

  private List<LocalState.Node> startAll() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    CassandraProcess cassandra =
        CassandraProcess.start(
            folder.resolve("cassandra").toAbsolutePath(), port(9042), port(7000));
    List<LocalState.Node> serving = new ArrayList<>();
    LocalProcesses processes = new LocalProcesses(folder, cassandra.pid(), cassandra.port());
    LocalStartup.run(
        processes,
        () -> {
          cassandra.awaitReady(CASSANDRA_WITHIN);
          serving.addAll(startNodes(cassandra.port(), processes));
        });
    return serving;
  }

  /**
   * The first one founds the cluster, where there is none yet, and the others find it there. One
   * after the other: together they would only share the same processors, and a busy machine takes
   * one that is silent for its start for one that is gone.
   */
  private List<LocalState.Node> startNodes(int cassandraPort, LocalProcesses processes)
      throws IOException {
    List<String> addresses =
        IntStream.range(0, nodes).mapToObj(i -> "127.0.0.1:" + port(25520 + i)).toList();
    List<LocalState.Node> serving = new ArrayList<>();
    for (int number = 0; number < nodes; number++) {
      long deadlineNanos = System.nanoTime() + NODE_WITHIN.toNanos();
      LocalState.Node ready =
          startNode(number, addresses, cassandraPort, processes).awaitReady(deadlineNanos);
      processes.serves(ready);
      serving.add(ready);
    }
    return serving;
  }

  private NodeProcess startNode(
      int number, List<String> addresses, int cassandraPort, LocalProcesses processes)
      throws IOException {
    List<String> zones =
        IntStream.range(0, Math.min(ZONES, nodes)).mapToObj(i -> "az" + (i + 1)).toList();
    String zone = zones.get(number % zones.size());
    Path data = LocalProcesses.data(folder, number);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data-dir=" + data,
                "--sql-port=" + port(sqlPort + number * PORTS_APART),
                "--internal-sql-port=" + port(sqlPort + 2 + number * PORTS_APART),
                "--http-port=" + port(sqlPort + 3 + number * PORTS_APART),
                "--zones=" + String.join(",", zones),
                "--runtime=" + runtime,
                "--node=" + number,
                "--zone=" + zone,
                "--node-address=" + addresses.get(number),
                "--seeds=" + String.join(",", addresses),
                "--cassandra=127.0.0.1:" + cassandraPort,
                "--config=" + settings(number)));
    if (number == 0) {
      arguments.add(LocalProcesses.FORM);
    }
    return processes.start(number, zone, data, arguments);
  }

  /** Nodes of one machine share its ports for replicas; one Cassandra has one copy. */
  private Path settings(int node) throws IOException {
    int ports = REPLICA_PORTS / nodes;
    int first = REPLICA_PORT_FIRST + node * ports;
    Path file = folder.resolve("node-" + node + ".conf");
    String include =
        configuration == null
            ? ""
            : "include file(\"" + configuration.toAbsolutePath().normalize() + "\")\n";
    Files.writeString(
        file,
        """
        muster.journal.cassandra.replication-factor = 1
        muster.runtime.process { port-first = %d, port-last = %d }
        muster.host.capacity.memory-overcommit = %d
        %s\
        """
            .formatted(first, first + ports - 1, Math.max(1, 16 / nodes), include));
    return file.toAbsolutePath();
  }

  /** The port, or a free one where free ones were asked for. */
  private int port(int wanted) {
    if (sqlPort != 0) {
      return wanted;
    }
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException none) {
      throw new StartupException("no free port: " + none.getMessage());
    }
  }
}

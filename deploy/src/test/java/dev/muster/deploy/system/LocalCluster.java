package dev.muster.deploy.system;

import dev.muster.deploy.workload.WorkloadProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Several nodes on a real Cassandra, by {@code muster local-cluster}, and what one does to them.
 */
final class LocalCluster {
  private static final Pattern READY =
      Pattern.compile(
          "(?m)^muster ready: node=(\\d+) zone=(\\S+) pid=(\\d+) sql=127.0.0.1:(\\d+)"
              + " http=127.0.0.1:(\\d+)$");

  private final Path folder;
  private final List<Node> nodes = new ArrayList<>();

  /** A node. */
  record Node(int number, String zone, long pid, int sqlPort) {}

  private LocalCluster(Path folder) {
    this.folder = folder;
  }

  static LocalCluster start(Path folder, int nodes) {
    LocalCluster cluster = new LocalCluster(folder);
    String said =
        cluster.run("start", "--nodes", Integer.toString(nodes), "--sql-port", "0").output();
    Matcher ready = READY.matcher(said);
    while (ready.find()) {
      cluster.nodes.add(
          new Node(
              Integer.parseInt(ready.group(1)),
              ready.group(2),
              Long.parseLong(ready.group(3)),
              Integer.parseInt(ready.group(4))));
    }
    return cluster;
  }

  List<Node> nodes() {
    return nodes;
  }

  /** What {@code muster local-cluster status} prints. */
  String status() {
    return run("status").output();
  }

  void stop() {
    run("stop");
  }

  private Program.Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("local-cluster"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--data-dir", folder.toString()));
    return Program.run(Distribution.command(all), Map.of(), "").succeeded();
  }

  /** Runs it on a connection of its own; its rows as text, columns separated by {@code |}. */
  List<String> sql(int node, String statement) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:"
                + nodes.get(node).sqlPort()
                + "/materialize?user=materialize&sslmode=disable&connectTimeout=20&socketTimeout=60")) {
      return RunningMuster.sql(connection, statement);
    }
  }

  /** The replicas that run on a node, as the operating system has them. */
  List<WorkloadProcess> replicas(int node) {
    return WorkloadProcess.of(folder.resolve("node-" + node));
  }

  /** It is there, and does not answer. */
  void pauseCassandra() {
    signalCassandra("STOP");
  }

  void resumeCassandra() {
    signalCassandra("CONT");
  }

  private void signalCassandra(String signal) {
    Matcher pid = Pattern.compile("cassandra: pid=(\\d+)").matcher(status());
    if (!pid.find()) {
      throw new AssertionError("no Cassandra");
    }
    Program.run(List.of("kill", "-" + signal, pid.group(1)), Map.of(), "").succeeded();
  }

  /** As by a loss of power: nothing of it gets to say goodbye. */
  void kill9(int node) throws Exception {
    ProcessHandle process = ProcessHandle.of(nodes.get(node).pid()).orElseThrow();
    process.destroyForcibly();
    awaitExit(process);
  }

  /** SIGTERM. */
  void terminate(int node) throws Exception {
    ProcessHandle process = ProcessHandle.of(nodes.get(node).pid()).orElseThrow();
    process.destroy();
    awaitExit(process);
  }

  private static void awaitExit(ProcessHandle process) throws Exception {
    try {
      process.onExit().get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException hangs) {
      throw new AssertionError("it does not end: " + process.pid(), hangs);
    }
  }

  /** What the nodes logged last. */
  String story() {
    StringBuilder story = new StringBuilder();
    for (Node node : nodes) {
      story
          .append("--- node ")
          .append(node.number())
          .append(":\n")
          .append(
              Folders.tail(folder.resolve("node-" + node.number()).resolve("log/muster.log"), 40));
    }
    return story.toString();
  }
}

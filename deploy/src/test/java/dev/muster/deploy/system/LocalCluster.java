package dev.muster.deploy.system;

import dev.muster.deploy.workload.WorkloadProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Several nodes on a real Cassandra, by {@code muster local-cluster}, and what one does to them.
 */
final class LocalCluster {
  private static final Pattern READY =
      Pattern.compile(
          "(?m)^muster ready: node=(\\d+) zone=(\\S+) pid=(\\d+) sql=127.0.0.1:(\\d+)"
              + " http=127.0.0.1:(\\d+)$");

  /** Cassandra may take two minutes of it, and the nodes as much. */
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private final Path folder;
  private final List<Node> nodes = new ArrayList<>();

  /** Those that were started again; {@code local-cluster} does not know them. */
  private final Map<Integer, Process> restarted = new HashMap<>();

  /**
   * A node.
   *
   * @param command that it was started by
   */
  record Node(int number, String zone, long pid, int sqlPort, List<String> command) {}

  private LocalCluster(Path folder) {
    this.folder = folder;
  }

  /**
   * @param settings in HOCON, for every node
   * @param options of {@code local-cluster start}
   */
  static LocalCluster start(Path folder, int nodes, String settings, String... options)
      throws IOException {
    LocalCluster cluster = new LocalCluster(folder);
    Path configuration = Files.writeString(folder.resolve("test.conf"), settings);
    List<String> arguments =
        new ArrayList<>(
            List.of("start", "--nodes=" + nodes, "--sql-port=0", "--config=" + configuration));
    arguments.addAll(List.of(options));
    String said;
    try {
      said = cluster.run(arguments.toArray(String[]::new)).output();
    } catch (AssertionError failure) {
      // What of it runs is written down.
      cluster.run("stop");
      throw failure;
    }
    cluster.nodes.addAll(ready(said));
    return cluster;
  }

  private static List<Node> ready(String said) throws IOException {
    List<Node> found = new ArrayList<>();
    Matcher ready = READY.matcher(said);
    while (ready.find()) {
      found.add(
          new Node(
              Integer.parseInt(ready.group(1)),
              ready.group(2),
              Long.parseLong(ready.group(3)),
              Integer.parseInt(ready.group(4)),
              commandOf(ready.group(3))));
    }
    return found;
  }

  /** {@code local-cluster start} once more; the nodes that it has started again. */
  List<Node> startAgain() throws IOException {
    List<Node> again = ready(run("start").output());
    again.forEach(node -> nodes.set(node.number(), node));
    return again;
  }

  /** What {@code local-cluster start} says where nothing is left to start. */
  String refusalOfAnotherStart() {
    Program.Result result =
        Program.run(
            Distribution.command(
                List.of("local-cluster", "start", "--data-dir", folder.toString())),
            WITHIN);
    return result.error();
  }

  private static List<String> commandOf(String pid) throws IOException {
    String line = Files.readString(Path.of("/proc", pid, "cmdline"));
    return List.of(line.split("\0"));
  }

  List<Node> nodes() {
    return nodes;
  }

  /** What {@code muster local-cluster status} prints. */
  String status() {
    return run("status").output();
  }

  void stop() throws Exception {
    for (Process process : restarted.values()) {
      process.destroy();
      awaitExit(process.toHandle());
    }
    run("stop");
  }

  private Program.Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("local-cluster"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--data-dir", folder.toString()));
    return Program.run(Distribution.command(all), WITHIN).succeeded();
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

  /** The names of all clusters, as a node tells them. */
  Set<String> names(int node) throws SQLException {
    return Set.copyOf(sql(node, "SELECT name FROM mz_clusters"));
  }

  /** Whether a change of a cluster is made and seen, both on one node. */
  boolean alterAndSee(int node, String name) throws SQLException {
    String comment = "at " + System.nanoTime();
    sql(node, "COMMENT ON CLUSTER " + name + " IS '" + comment + "'");
    return sql(
            node, "SELECT comment FROM mz_internal.mz_comments WHERE comment = '" + comment + "'")
        .equals(List.of(comment));
  }

  /** The zones of a cluster's replicas that serve, as a node tells them. */
  List<String> zonesOnline(int node, String name) throws SQLException {
    return sql(
        node,
        "SELECT r.availability_zone FROM mz_clusters c JOIN mz_cluster_replicas r ON r.cluster_id ="
            + " c.id JOIN mz_internal.mz_cluster_replica_statuses s ON s.replica_id = r.id WHERE"
            + " s.status = 'online' AND c.name = '"
            + name
            + "'");
  }

  void awaitOnline(int node, String name, int replicas) {
    Await.until(
        replicas + " replicas of " + name + " are online",
        () -> zonesOnline(node, name).size() == replicas);
  }

  /** The processes of the replicas of all nodes. */
  Set<Long> processes() {
    return nodes.stream()
        .map(node -> processes(node.number()))
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  Set<Long> processes(int node) {
    return replicas(node).stream().map(WorkloadProcess::pid).collect(Collectors.toSet());
  }

  /** Where the nodes reach each other. */
  List<String> addresses() {
    return nodes.stream().map(node -> option(node, "--node-address=")).toList();
  }

  private static String option(Node node, String name) {
    return node.command().stream()
        .filter(option -> option.startsWith(name))
        .findFirst()
        .orElseThrow()
        .replaceFirst(".*=", "");
  }

  /** How many entities are on a node, as it says itself. */
  long entities(int node) throws IOException {
    URI page = URI.create("http://127.0.0.1:" + option(nodes.get(node), "--http-port=") + "/node");
    try (InputStream said = page.toURL().openStream()) {
      return new String(said.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("entities="))
          .mapToLong(line -> Long.parseLong(line.replaceFirst(".*=", "")))
          .findFirst()
          .orElseThrow();
    }
  }

  /** What a node that was started again has said. */
  String saidAgain(int node) throws IOException {
    return Files.readString(folder.resolve("node-" + node + "-again.out"));
  }

  boolean isRunning(int node) {
    return process(node).isAlive();
  }

  /** The replicas that run on a node, as the operating system has them. */
  List<WorkloadProcess> replicas(int node) {
    return WorkloadProcess.of(folder.resolve("node-" + node));
  }

  /** The simulated replicas that run on a node, each with its incarnation. */
  Map<String, Long> simulated(int node) {
    return SimulatedRecord.running(folder.resolve("node-" + node));
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
    ProcessHandle process = process(node);
    process.destroyForcibly();
    awaitExit(process);
  }

  /** Starts a node again that has ended, as it was started before; returns at once. */
  void restart(int node) throws IOException {
    restart(node, List.of(), Optional.empty());
  }

  /**
   * The same otherwise.
   *
   * @param options more of them
   * @param classPath that of another version
   */
  void restart(int node, List<String> options, Optional<String> classPath) throws IOException {
    List<String> command = new ArrayList<>(nodes.get(node).command());
    // That is for when none of the others runs.
    command.remove("--form");
    command.addAll(options);
    classPath.ifPresent(path -> command.set(command.indexOf("-cp") + 1, path));
    Path output = folder.resolve("node-" + node + "-again.out");
    restarted.put(
        node,
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start());
  }

  /** SIGTERM. */
  void terminate(int node) throws Exception {
    ProcessHandle process = process(node);
    process.destroy();
    awaitExit(process);
  }

  private ProcessHandle process(int node) {
    Process again = restarted.get(node);
    return again == null ? ProcessHandle.of(nodes.get(node).pid()).orElseThrow() : again.toHandle();
  }

  private static void awaitExit(ProcessHandle process) throws Exception {
    try {
      process.onExit().get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException hangs) {
      throw new AssertionError("it does not end: " + process.pid(), hangs);
    }
  }

  /** All that a node has logged. */
  String log(int node) throws IOException {
    return Files.readString(logFile(node));
  }

  private Path logFile(int node) {
    return folder.resolve("node-" + node).resolve("log/muster.log");
  }

  /** What the nodes logged last. */
  String story() {
    StringBuilder story = new StringBuilder();
    for (Node node : nodes) {
      story
          .append("--- node ")
          .append(node.number())
          .append(":\n")
          .append(Folders.tail(logFile(node.number()), 40));
    }
    return story.toString();
  }
}

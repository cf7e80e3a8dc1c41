package dev.muster.deploy.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Several nodes, each in a zone of its own, on a real Cassandra: what {@code muster local-cluster}
 * starts, in a temporary folder, on free ports, with simulated replicas.
 */
final class ThrowawayNodes implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile(
          "(?m)^muster ready: node=(?<number>\\d+) zone=\\S+ pid=(?<pid>\\d+) sql=\\S*:(?<sql>\\d+)"
              + " http=\\S*:(?<http>\\d+)$");

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** A benchmark measures how long something takes, rather than give up. */
  private static final String SETTINGS =
      """
      muster.client { catalog-timeout = 60 s, command-timeout = 60 s }
      muster.metrics.detailed-clusters-max = 100000
      """;

  private final Workshop workshop;
  private final Path data;
  private final Path configuration;
  private final List<Node> nodes = new ArrayList<>();

  /** One of them. */
  static final class Node implements Server {
    private final int number;
    private final int sqlPort;
    private final int httpPort;
    private final List<String> command;
    private ProcessHandle process;

    private Node(int number, int sqlPort, int httpPort, long pid) throws IOException {
      this.number = number;
      this.sqlPort = sqlPort;
      this.httpPort = httpPort;
      this.process = ProcessHandle.of(pid).orElseThrow();
      this.command = commandOf(pid);
    }

    /** From the system: what Java says of a process leaves out long commands. */
    private static List<String> commandOf(long pid) throws IOException {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      List<String> command = new ArrayList<>(List.of(line.split("\0")));
      // That is for when none of the others runs.
      command.remove("--form");
      return command;
    }

    int number() {
      return number;
    }

    int httpPort() {
      return httpPort;
    }

    @Override
    public String name() {
      return "Muster's node " + number;
    }

    @Override
    public int port() {
      return sqlPort;
    }

    @Override
    public String user() {
      return "materialize";
    }

    @Override
    public Optional<String> password() {
      return Optional.empty();
    }

    @Override
    public String database() {
      return "materialize";
    }

    @Override
    public ProcessHandle process() {
      return process;
    }
  }

  private ThrowawayNodes(Workshop workshop) {
    this.workshop = workshop;
    this.data = workshop.newDirectory("nodes");
    this.configuration = workshop.directory().resolve("nodes.conf");
  }

  /** Starts them and waits until all serve; stopped with the workshop. */
  static ThrowawayNodes start(Workshop workshop, int count) {
    ThrowawayNodes started = workshop.keep(new ThrowawayNodes(workshop));
    try {
      Files.writeString(started.configuration, SETTINGS);
      String said = started.localCluster("start", "--nodes=" + count);
      Matcher ready = READY.matcher(said);
      while (ready.find()) {
        started.nodes.add(
            new Node(
                Integer.parseInt(ready.group("number")),
                Integer.parseInt(ready.group("sql")),
                Integer.parseInt(ready.group("http")),
                Long.parseLong(ready.group("pid"))));
      }
      return started;
    } catch (IOException failure) {
      throw new BenchException("the nodes cannot be started: " + failure.getMessage(), failure);
    }
  }

  List<Node> all() {
    return List.copyOf(nodes);
  }

  /** All but one. */
  List<Node> others(Node one) {
    return nodes.stream().filter(node -> node != one).toList();
  }

  /** What a node keeps. */
  Path data(Node node) {
    return data.resolve("node-" + node.number());
  }

  /** The port on which Cassandra answers. */
  int cassandraPort() {
    return Integer.parseInt(found("cassandra: pid=\\d+ port=(\\d+)", localCluster("status")));
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new BenchException("nothing like " + pattern + " in: " + text);
    }
    return matcher.group(1);
  }

  /** SIGKILL; does not wait for its end. */
  void kill(Node node) {
    node.process.destroyForcibly();
  }

  /** SIGTERM, and waits until it has ended. */
  void terminate(Node node) {
    node.process.destroy();
    awaitEnd(node);
  }

  /** Starts one that has ended; returns when it serves. */
  void restart(Node node) {
    Path out = workshop.directory().resolve("again-" + node.number() + "-" + System.nanoTime());
    try {
      Process process =
          new ProcessBuilder(node.command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      process.getOutputStream().close();
      node.process = process.toHandle();
      Await.until(
          node.name() + " serves again", PATIENCE, () -> read(out).contains("muster ready"));
    } catch (IOException failure) {
      throw new BenchException(node.name() + ": " + failure.getMessage(), failure);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new BenchException(file + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  private static void awaitEnd(Node node) {
    Await.until(node.name() + " has ended", PATIENCE, () -> !node.process.isAlive());
  }

  private String localCluster(String verb, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        ThrowawayMuster.virtualMachineOptions(
            ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.muster.deploy.Main", "local-cluster", verb));
    command.addAll(List.of("--data-dir", data.toString()));
    if (verb.equals("start")) {
      command.addAll(List.of("--sql-port=0", "--runtime=simulated", "--config=" + configuration));
    }
    command.addAll(List.of(more));
    return Subprocess.runOrFail(workshop, command, Map.of(), PATIENCE).output();
  }

  @Override
  public void close() {
    // Killed: what they hand over goes nowhere.
    nodes.forEach(node -> node.process.destroyForcibly());
    localCluster("stop");
  }
}

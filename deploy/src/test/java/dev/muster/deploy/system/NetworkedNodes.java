package dev.muster.deploy.system;

import dev.muster.deploy.local.CassandraProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several nodes, each in a zone and a network namespace of its own, on a real Cassandra; and what
 * one does to them. A node that ends by itself is started again, as by systemd or Kubernetes; one
 * that a test has ended is not, until the test says so.
 *
 * <p>Their replicas are simulated, and outlive their node, as processes do.
 */
final class NetworkedNodes implements AutoCloseable {
  private static final int SQL_PORT = 6875;
  private static final Duration CASSANDRA_WITHIN = Duration.ofSeconds(120);
  private static final int HTTP_MILLIS = 3_000;
  private static final int LOOKS = 3;
  private static final Duration RESTART_AFTER = Duration.ofSeconds(1);

  private final Path folder;
  private final Network network;
  private final List<Node> nodes = new ArrayList<>();
  private final Thread supervisor;
  private CassandraProcess cassandra;
  private volatile boolean ended;

  /** A node, which may run, or be meant to. */
  private static final class Node {
    Process process;
    boolean wanted;
    int starts;
  }

  private NetworkedNodes(Path folder, Network network) {
    this.folder = folder;
    this.network = network;
    this.supervisor = new Thread(this::supervise, "supervisor of nodes");
  }

  /**
   * Returns when all serve.
   *
   * @param settings in HOCON, for every node
   */
  static NetworkedNodes start(Path folder, int count, String settings) throws IOException {
    NetworkedNodes installation = new NetworkedNodes(folder, Network.open(count));
    try {
      Files.writeString(folder.resolve("test.conf"), settings);
      installation.startCassandra();
      IntStream.range(0, count).forEach(ignored -> installation.nodes.add(new Node()));
      // One after the other: a busy machine takes one that begins for one that is gone.
      for (int node = 0; node < count; node++) {
        int begun = node;
        installation.start(node);
        Await.until("node " + node + " is a member", () -> installation.isUp(begun));
      }
      installation.supervisor.start();
      installation.awaitAllServe();
      return installation;
    } catch (IOException | AssertionError failure) {
      System.err.println(installation.story());
      installation.close();
      throw failure;
    }
  }

  int count() {
    return nodes.size();
  }

  Network network() {
    return network;
  }

  // SQL.

  /** With little patience: who is cut off shall not hold up the test. */
  Connection connect(int node) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/materialize?user=materialize&sslmode=disable&connectTimeout=3&socketTimeout=40&preferQueryMode=simple"
            .formatted(network.address(node), SQL_PORT));
  }

  List<String> sql(int node, String statement) throws SQLException {
    try (Connection connection = connect(node)) {
      return RunningMuster.sql(connection, statement);
    }
  }

  /** Every node is a member, and reads and writes. */
  void awaitAllServe() {
    for (int node = 0; node < count(); node++) {
      int asked = node;
      Await.until("node " + node + " is a member", () -> isUp(asked));
      Await.until(
          "node " + node + " serves and sees all hosts",
          () -> sql(asked, "SELECT name FROM mz_internal.mz_hosts").size() == count());
    }
  }

  /**
   * Whatever was done to them is over: all of them run, see each other and Cassandra, and serve. A
   * busy machine is given more time than one look takes.
   */
  void recover() throws IOException {
    network.heal();
    if (!cassandra.isAlive()) {
      restartCassandra();
    }
    resumeCassandra();
    for (int number = 0; number < count(); number++) {
      Node node = nodes.get(number);
      synchronized (node) {
        if (!node.wanted) {
          node.wanted = true;
          launch(number, node);
        } else if (node.process.isAlive()) {
          resume(number);
        }
      }
    }
    for (int look = 1; look < LOOKS; look++) {
      try {
        awaitAllServe();
        return;
      } catch (AssertionError notYet) {
        System.err.println("a slow machine: " + notYet.getMessage());
      }
    }
    awaitAllServe();
  }

  private boolean isUp(int node) throws IOException {
    URI uri = URI.create("http://" + network.address(node) + ":6878/node");
    URLConnection connection = uri.toURL().openConnection();
    connection.setConnectTimeout(HTTP_MILLIS);
    connection.setReadTimeout(HTTP_MILLIS);
    try (InputStream answer = connection.getInputStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8).contains("member=Up");
    }
  }

  // Nodes.

  /** Starts it, or starts it again. */
  void start(int number) {
    Node node = nodes.get(number);
    synchronized (node) {
      node.wanted = true;
      launch(number, node);
    }
  }

  /** SIGKILL; it stays down. */
  void kill9(int node) throws InterruptedException {
    end(node, ProcessHandle::destroyForcibly);
  }

  /** SIGTERM; it stays down. */
  void terminate(int node) throws InterruptedException {
    end(node, ProcessHandle::destroy);
  }

  private void end(int number, Consumer<ProcessHandle> by) throws InterruptedException {
    Node node = nodes.get(number);
    Process process;
    synchronized (node) {
      node.wanted = false;
      process = node.process;
    }
    by.accept(process.toHandle());
    if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("node " + number + " does not end");
    }
  }

  void suspend(int node) {
    signal("STOP", nodes.get(node).process.pid());
  }

  void resume(int node) {
    signal("CONT", nodes.get(node).process.pid());
  }

  private static void signal(String name, long pid) {
    Program.run(List.of("kill", "-" + name, Long.toString(pid)), Map.of(), "").succeeded();
  }

  /** How often it was started so far. */
  int starts(int number) {
    Node node = nodes.get(number);
    synchronized (node) {
      return node.starts;
    }
  }

  private void supervise() {
    while (!ended) {
      LockSupport.parkNanos(RESTART_AFTER.toNanos());
      for (int number = 0; number < count() && !ended; number++) {
        Node node = nodes.get(number);
        synchronized (node) {
          if (node.wanted && !node.process.isAlive()) {
            launch(number, node);
          }
        }
      }
    }
  }

  private void launch(int number, Node node) {
    try {
      node.process =
          new ProcessBuilder(network.at(number, Distribution.command(arguments(number, node))))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output(number).toFile()))
              .start();
      node.starts++;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private List<String> arguments(int number, Node node) {
    String zones =
        IntStream.rangeClosed(1, count()).mapToObj(i -> "az" + i).collect(Collectors.joining(","));
    String seeds =
        IntStream.range(0, count())
            .mapToObj(i -> network.address(i) + ":25520")
            .collect(Collectors.joining(","));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "start",
                "--insecure",
                "--data-dir=" + data(number),
                "--host=" + network.address(number),
                "--zones=" + zones,
                "--runtime=simulated",
                "--node=" + number,
                "--zone=az" + (number + 1),
                "--node-address=" + network.address(number) + ":25520",
                "--seeds=" + seeds,
                "--cassandra=" + network.cassandra() + ":9042",
                "--config=" + folder.resolve("test.conf")));
    if (number == 0 && node.starts == 0) {
      arguments.add("--form");
    }
    return arguments;
  }

  // Cassandra.

  private void startCassandra() throws IOException {
    cassandra =
        CassandraProcess.start(folder.resolve("cassandra"), network.cassandra(), 9042, 7000);
    cassandra.awaitReady(CASSANDRA_WITHIN);
  }

  void killCassandra() throws InterruptedException {
    cassandra.kill();
  }

  void restartCassandra() throws IOException {
    startCassandra();
  }

  void suspendCassandra() {
    signal("STOP", cassandra.pid());
  }

  void resumeCassandra() {
    signal("CONT", cassandra.pid());
  }

  // For whoever looks from outside.

  Path data(int node) {
    return folder.resolve("node-" + node);
  }

  private Path output(int node) {
    return folder.resolve("node-" + node + ".out");
  }

  /** What the nodes said and logged last. */
  String story() {
    StringBuilder story = new StringBuilder();
    for (int node = 0; node < count(); node++) {
      story
          .append("--- node ")
          .append(node)
          .append(":\n")
          .append(Folders.tail(output(node), 10))
          .append("\n--- its log:\n")
          .append(Folders.tail(data(node).resolve("log/muster.log"), 60))
          .append('\n');
    }
    return story.toString();
  }

  @Override
  public void close() {
    ended = true;
    try {
      supervisor.join();
      for (Node node : nodes) {
        if (node.process != null) {
          node.process.destroyForcibly().waitFor();
        }
      }
      if (cassandra != null) {
        cassandra.kill();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    network.close();
  }
}

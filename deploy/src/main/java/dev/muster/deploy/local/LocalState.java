package dev.muster.deploy.local;

import dev.muster.deploy.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What runs of a local cluster, as its file {@code local-cluster} says.
 *
 * @param cassandraPort that Cassandra's clients speak to
 */
record LocalState(Running cassandra, int cassandraPort, List<Node> nodes) {
  private static final String FILE = "local-cluster";

  LocalState {
    nodes = List.copyOf(nodes);
  }

  /**
   * A process, told from a later one of the same number by when it began.
   *
   * @param startedAt as the system says it, empty where it does not
   */
  record Running(long pid, String startedAt) {
    static Running of(long pid) {
      return new Running(pid, startedAt(pid));
    }

    /** The process, as long as it is alive. */
    Optional<ProcessHandle> process() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(handle -> startedAt(pid).equals(startedAt));
    }

    private static String startedAt(long pid) {
      return ProcessHandle.of(pid)
          .flatMap(handle -> handle.info().startInstant())
          .map(Object::toString)
          .orElse("");
    }
  }

  /** The address of a node that does not serve yet. */
  static final String NOT_YET = "-";

  /** A node. */
  record Node(int number, String zone, Running running, String sql, String http) {}

  static Optional<LocalState> read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (var content = Files.newBufferedReader(file)) {
      properties.load(content);
    } catch (IOException unreadable) {
      throw new StartupException(file + " cannot be read: " + unreadable.getMessage());
    }
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(properties.getProperty("nodes", "0")); i++) {
      String prefix = "node." + i + ".";
      nodes.add(
          new Node(
              i,
              properties.getProperty(prefix + "zone"),
              running(properties, prefix),
              properties.getProperty(prefix + "sql"),
              properties.getProperty(prefix + "http")));
    }
    return Optional.of(
        new LocalState(
            running(properties, "cassandra."),
            Integer.parseInt(properties.getProperty("cassandra.port")),
            nodes));
  }

  private static Running running(Properties properties, String prefix) {
    return new Running(
        Long.parseLong(properties.getProperty(prefix + "pid")),
        properties.getProperty(prefix + "started", ""));
  }

  void write(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("nodes", String.valueOf(nodes.size()));
    put(properties, "cassandra.", cassandra);
    properties.setProperty("cassandra.port", String.valueOf(cassandraPort));
    for (Node node : nodes) {
      String prefix = "node." + node.number() + ".";
      put(properties, prefix, node.running());
      properties.setProperty(prefix + "zone", node.zone());
      properties.setProperty(prefix + "sql", node.sql());
      properties.setProperty(prefix + "http", node.http());
    }
    Path fresh = folder.resolve(FILE + ".new");
    try (var content = Files.newBufferedWriter(fresh)) {
      properties.store(content, "what runs of this local cluster");
    }
    Files.move(
        fresh,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void put(Properties properties, String prefix, Running running) {
    properties.setProperty(prefix + "pid", String.valueOf(running.pid()));
    properties.setProperty(prefix + "started", running.startedAt());
  }
}

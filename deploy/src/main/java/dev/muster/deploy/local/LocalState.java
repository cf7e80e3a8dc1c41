package dev.muster.deploy.local;

import dev.muster.deploy.DurableFile;
import dev.muster.deploy.RunningProcess;
import dev.muster.deploy.StartupException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What runs of a local cluster, as its file {@code local-cluster} says.
 *
 * @param cassandraPort that Cassandra's clients speak to
 */
record LocalState(RunningProcess cassandra, int cassandraPort, List<Node> nodes) {
  private static final String FILE = "local-cluster";

  LocalState {
    nodes = List.copyOf(nodes);
  }

  /** The address of a node that does not serve yet. */
  static final String NOT_YET = "-";

  /** A node. */
  record Node(int number, String zone, RunningProcess running, String sql, String http) {}

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

  private static RunningProcess running(Properties properties, String prefix) {
    return new RunningProcess(
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
    StringWriter content = new StringWriter();
    properties.store(content, "what runs of this local cluster");
    DurableFile.write(folder.resolve(FILE), content.toString());
  }

  private static void put(Properties properties, String prefix, RunningProcess running) {
    properties.setProperty(prefix + "pid", String.valueOf(running.pid()));
    properties.setProperty(prefix + "started", running.startedAt());
  }
}

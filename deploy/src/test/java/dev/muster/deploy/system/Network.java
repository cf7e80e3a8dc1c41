package dev.muster.deploy.system;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A network of the test's own: each node in a network namespace, all of them on one bridge, to
 * which Cassandra and the test's clients are attached too. Any direction of any connection can be
 * cut.
 *
 * <p>What is cut is sent to a hardware address that nobody has: it is lost in silence, as on a
 * broken wire, and nothing is told to whoever sends.
 */
final class Network implements AutoCloseable {
  private static final String NOBODY = "02:00:00:00:00:fe";
  private static final int CASSANDRA = 253;
  private static final int CLIENTS = 254;

  /** Of one direction between two. Cassandra has the number of an address that no node has. */
  private record Cut(int from, int to) {}

  private final String name = "mu" + ProcessHandle.current().pid();
  private final String prefix;
  private final int nodes;
  private final Set<Cut> cuts = new LinkedHashSet<>();

  private Network(int nodes) {
    long pid = ProcessHandle.current().pid();
    this.prefix = "10.%d.%d.".formatted(100 + pid / 250 % 100, pid % 250);
    this.nodes = nodes;
  }

  static Network open(int nodes) {
    Network network = new Network(nodes);
    try {
      network.make();
      return network;
    } catch (AssertionError notPermitted) {
      network.close();
      throw notPermitted;
    }
  }

  /** Whether this machine lets us have one. */
  static boolean isPermitted() {
    try (Network tried = open(1)) {
      return tried.nodes == 1;
    } catch (AssertionError notPermitted) {
      return false;
    }
  }

  private void make() {
    ip("link", "add", bridge(), "type", "bridge", "forward_delay", "0");
    ip("addr", "add", prefix + CLIENTS + "/24", "dev", bridge());
    ip("addr", "add", cassandra() + "/24", "dev", bridge());
    ip("link", "set", bridge(), "up");
    for (int node = 0; node < nodes; node++) {
      String outside = name + "v" + node;
      ip("netns", "add", namespace(node));
      ip("link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", namespace(node));
      ip("link", "set", outside, "master", bridge(), "up");
      within(node, "addr", "add", address(node) + "/24", "dev", "eth0");
      within(node, "link", "set", "eth0", "up");
      within(node, "link", "set", "lo", "up");
    }
  }

  String address(int node) {
    return prefix + (node + 1);
  }

  String cassandra() {
    return prefix + CASSANDRA;
  }

  /** A command that runs among a node's connections. */
  List<String> at(int node, List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace(node)));
    all.addAll(command);
    return all;
  }

  /** What one sends to the other is lost; not what the other sends. */
  void cutOneWay(int from, int to) {
    cut(new Cut(from, to + 1));
  }

  /** Nothing passes between the node and any other. */
  void isolate(int node) {
    IntStream.range(0, nodes)
        .filter(other -> other != node)
        .forEach(
            other -> {
              cutOneWay(node, other);
              cutOneWay(other, node);
            });
  }

  void cutFromCassandra(int node) {
    cut(new Cut(node, CASSANDRA));
  }

  private void cut(Cut cut) {
    if (cuts.add(cut)) {
      within(
          cut.from(),
          "neigh",
          "replace",
          prefix + cut.to(),
          "lladdr",
          NOBODY,
          "dev",
          "eth0",
          "nud",
          "permanent");
    }
  }

  /** Everything passes again. */
  void heal() {
    cuts.forEach(cut -> within(cut.from(), "neigh", "del", prefix + cut.to(), "dev", "eth0"));
    cuts.clear();
  }

  @Override
  public void close() {
    for (int node = 0; node < nodes; node++) {
      Program.run(List.of("ip", "netns", "del", namespace(node)), Map.of(), "");
    }
    Program.run(List.of("ip", "link", "del", bridge()), Map.of(), "");
  }

  private String bridge() {
    return name + "b";
  }

  private String namespace(int node) {
    return name + "n" + node;
  }

  private void within(int node, String... arguments) {
    List<String> all = new ArrayList<>(List.of("-n", namespace(node)));
    all.addAll(List.of(arguments));
    ip(all.toArray(String[]::new));
  }

  private static void ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Program.run(command, Map.of(), "").succeeded();
  }
}

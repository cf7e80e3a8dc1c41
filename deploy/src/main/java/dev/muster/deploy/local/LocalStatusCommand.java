package dev.muster.deploy.local;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster local-cluster status}: one line for Cassandra and for each node. */
@Command(
    name = "status",
    description = "Shows what runs, and what every node has.",
    mixinStandardHelpOptions = true)
final class LocalStatusCommand implements Callable<Integer> {
  private static final Duration WITHIN = Duration.ofSeconds(3);
  private static final String FORMAT = "%-5s %-6s %-8s %-22s %-22s %-12s %9s %9s%n";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private LocalFolder folder;

  @Override
  public Integer call() throws InterruptedException {
    LocalState state = folder.state();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "cassandra: pid=%d port=%d %s%n",
        state.cassandra().pid(),
        state.cassandraPort(),
        state.cassandra().process().isPresent() ? "running" : "not running");
    out.printf(FORMAT, "node", "zone", "pid", "sql", "http", "member", "entities", "replicas");
    for (LocalState.Node node : state.nodes()) {
      Map<String, String> said = ask(node);
      out.printf(
          FORMAT,
          node.number(),
          node.zone(),
          node.running().pid(),
          node.sql(),
          node.http(),
          said.getOrDefault("member", "?"),
          said.getOrDefault("entities", "?"),
          said.getOrDefault("replicas", "?"));
    }
    out.flush();
    return 0;
  }

  /** What a node says of itself, {@code name=value} on each line. */
  private static Map<String, String> ask(LocalState.Node node) throws InterruptedException {
    if (node.running().process().isEmpty()) {
      return Map.of("member", "not running", "entities", "-", "replicas", "-");
    }
    if (node.http().equals(LocalState.NOT_YET)) {
      return Map.of("member", "starting", "entities", "-", "replicas", "-");
    }
    Map<String, String> said = new HashMap<>();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(WITHIN).build()) {
      HttpRequest question =
          HttpRequest.newBuilder(URI.create("http://" + node.http() + "/node"))
              .timeout(WITHIN)
              .build();
      client
          .send(question, HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .map(line -> line.split("=", 2))
          .filter(pair -> pair.length == 2)
          .forEach(pair -> said.put(pair[0], pair[1]));
    } catch (IOException silent) {
      said.put("member", "no answer");
    }
    return said;
  }
}

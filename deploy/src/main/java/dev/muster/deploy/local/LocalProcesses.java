package dev.muster.deploy.local;

import dev.muster.deploy.DurableFile;
import dev.muster.deploy.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What was started of a local cluster so far. The file says so from the moment on in which it runs:
 * whatever becomes of the start, {@code stop} finds it. Safe for use by many threads.
 */
final class LocalProcesses {
  /** For the first one, where none of the others runs: it need not wait for them. */
  static final String FORM = "--form";

  private static final Duration GRACE = Duration.ofSeconds(40);

  private final Path folder;
  private final RunningProcess cassandra;
  private final int cassandraPort;
  private final List<LocalState.Node> nodes = new ArrayList<>();
  private boolean ended;

  LocalProcesses(Path folder, long cassandraPid, int cassandraPort) {
    this(folder, RunningProcess.of(cassandraPid), cassandraPort);
  }

  private LocalProcesses(Path folder, RunningProcess cassandra, int cassandraPort) {
    this.folder = folder;
    this.cassandra = cassandra;
    this.cassandraPort = cassandraPort;
  }

  /** Those that were started at another time. */
  static LocalProcesses of(Path folder, LocalState state) {
    LocalProcesses processes = new LocalProcesses(folder, state.cassandra(), state.cassandraPort());
    processes.nodes.addAll(state.nodes());
    return processes;
  }

  /** Starts something, unless all is being ended, and keeps in mind that it runs. */
  synchronized NodeProcess start(int number, String zone, Path data, List<String> arguments)
      throws IOException {
    if (ended) {
      throw new IOException("it is being ended");
    }
    DurableFile.write(arguments(number), String.join("\n", arguments));
    NodeProcess process = NodeProcess.start(number, zone, data, arguments);
    nodes.add(notYet(process));
    write();
    return process;
  }

  /**
   * Starts a node again that has ended, as it was started before.
   *
   * @param othersRun whether there is a cluster that it can join
   */
  synchronized NodeProcess startAgain(LocalState.Node ended, boolean othersRun) throws IOException {
    List<String> arguments = new ArrayList<>(Files.readAllLines(arguments(ended.number())));
    if (othersRun) {
      arguments.remove(FORM);
    }
    NodeProcess process =
        NodeProcess.start(ended.number(), ended.zone(), data(folder, ended.number()), arguments);
    nodes.set(ended.number(), notYet(process));
    write();
    return process;
  }

  private Path arguments(int number) {
    return folder.resolve("node-" + number + ".arguments");
  }

  /** Where a node keeps what it has. */
  static Path data(Path folder, int number) {
    return folder.resolve("node-" + number).toAbsolutePath();
  }

  private static LocalState.Node notYet(NodeProcess process) {
    return new LocalState.Node(
        process.number(),
        process.zone(),
        RunningProcess.of(process.process().pid()),
        LocalState.NOT_YET,
        LocalState.NOT_YET);
  }

  /** It serves, and where. */
  synchronized void serves(LocalState.Node node) throws IOException {
    nodes.set(node.number(), node);
    write();
  }

  /** Ends all of it. */
  void end() throws IOException, InterruptedException {
    LocalState state;
    synchronized (this) {
      ended = true;
      state = state();
    }
    end(folder, state);
  }

  private LocalState state() {
    return new LocalState(cassandra, cassandraPort, nodes);
  }

  synchronized void write() throws IOException {
    state().write(folder);
  }

  /** Ends the nodes, then their replicas, then Cassandra; what does not end by itself is ended. */
  static void end(Path folder, LocalState state) throws IOException, InterruptedException {
    List<ProcessHandle> running =
        state.nodes().stream()
            .map(node -> node.running().process())
            .flatMap(Optional::stream)
            .toList();
    running.forEach(ProcessHandle::destroy);
    for (ProcessHandle node : running) {
      await(node);
    }
    for (LocalState.Node node : state.nodes()) {
      stopReplicas(data(folder, node.number()));
    }
    Optional<ProcessHandle> cassandra = state.cassandra().process();
    cassandra.ifPresent(ProcessHandle::destroy);
    if (cassandra.isPresent()) {
      await(cassandra.get());
    }
  }

  private static void stopReplicas(Path node) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(NodeProcess.muster());
    command.addAll(List.of("stop-replicas", "--data-dir", node.toString()));
    new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static void await(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException hangs) {
      process.destroyForcibly();
    }
  }
}

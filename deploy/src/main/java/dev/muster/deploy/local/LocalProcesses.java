package dev.muster.deploy.local;

import dev.muster.deploy.RunningProcess;
import java.io.IOException;
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
  private static final Duration GRACE = Duration.ofSeconds(40);

  private final Path folder;
  private final RunningProcess cassandra;
  private final int cassandraPort;
  private final List<LocalState.Node> nodes = new ArrayList<>();
  private boolean ended;

  LocalProcesses(Path folder, long cassandraPid, int cassandraPort) {
    this.folder = folder;
    this.cassandra = RunningProcess.of(cassandraPid);
    this.cassandraPort = cassandraPort;
  }

  /** Starts something, unless all is being ended, and keeps in mind that it runs. */
  synchronized NodeProcess start(int number, String zone, Path data, List<String> arguments)
      throws IOException {
    if (ended) {
      throw new IOException("it is being ended");
    }
    NodeProcess process = NodeProcess.start(number, zone, data, arguments);
    nodes.add(
        new LocalState.Node(
            number,
            zone,
            RunningProcess.of(process.process().pid()),
            LocalState.NOT_YET,
            LocalState.NOT_YET));
    write();
    return process;
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
      stopReplicas(folder.resolve("node-" + node.number()));
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

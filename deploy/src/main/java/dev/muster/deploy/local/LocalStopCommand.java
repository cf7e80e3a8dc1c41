package dev.muster.deploy.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster local-cluster stop}: ends the nodes, their replicas, and Cassandra. */
@Command(
    name = "stop",
    description = "Stops the nodes, their replicas and Cassandra; what they have journaled stays.",
    mixinStandardHelpOptions = true)
final class LocalStopCommand implements Callable<Integer> {
  private static final Duration GRACE = Duration.ofSeconds(40);

  @Mixin private LocalFolder folder;

  @Override
  public Integer call() throws Exception {
    LocalState state = folder.state();
    List<ProcessHandle> nodes =
        state.nodes().stream()
            .map(node -> node.running().process())
            .flatMap(Optional::stream)
            .toList();
    nodes.forEach(ProcessHandle::destroy);
    for (ProcessHandle node : nodes) {
      await(node);
    }
    for (LocalState.Node node : state.nodes()) {
      stopReplicas(folder.path().resolve("node-" + node.number()));
    }
    Optional<ProcessHandle> cassandra = state.cassandra().process();
    cassandra.ifPresent(ProcessHandle::destroy);
    if (cassandra.isPresent()) {
      await(cassandra.get());
    }
    return 0;
  }

  private static void stopReplicas(Path node) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(NodeProcess.muster());
    command.addAll(List.of("stop-replicas", "--data-dir", node.toString()));
    new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }

  /** Whoever does not end by itself is ended. */
  private static void await(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException hangs) {
      process.destroyForcibly();
    }
  }
}

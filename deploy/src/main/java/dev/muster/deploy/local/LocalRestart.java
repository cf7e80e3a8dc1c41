package dev.muster.deploy.local;

import dev.muster.deploy.StartupException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts those nodes of a local cluster again that have ended while the rest runs, each as it was
 * started before: with its ports, its data and its settings.
 */
final class LocalRestart {
  private LocalRestart() {}

  /**
   * One after the other.
   *
   * @param within what each of them has
   * @return those that were started, and serve
   * @throws StartupException where all run, or Cassandra does not, or one of them does not serve:
   *     it is ended again then, and the others run on
   */
  static List<LocalState.Node> run(Path folder, LocalState before, Duration within)
      throws IOException {
    List<LocalState.Node> ended = before.nodes().stream().filter(node -> !runs(node)).toList();
    if (ended.isEmpty() || before.cassandra().process().isEmpty()) {
      throw new StartupException(
          (ended.isEmpty() ? "it runs already" : "its nodes run, and its Cassandra does not")
              + ": 'muster local-cluster status' shows it, 'muster local-cluster stop' ends it");
    }
    LocalProcesses processes = LocalProcesses.of(folder, before);
    boolean othersRun = ended.size() < before.nodes().size();
    List<LocalState.Node> serving = new ArrayList<>();
    for (LocalState.Node node : ended) {
      LocalState.Node ready =
          awaitReady(processes.startAgain(node, othersRun || !serving.isEmpty()), within);
      processes.serves(ready);
      serving.add(ready);
    }
    return serving;
  }

  private static LocalState.Node awaitReady(NodeProcess process, Duration within)
      throws IOException {
    try {
      return process.awaitReady(System.nanoTime() + within.toNanos());
    } catch (StartupException failure) {
      process.process().destroy();
      throw failure;
    }
  }

  static boolean runs(LocalState.Node node) {
    return node.running().process().isPresent();
  }
}

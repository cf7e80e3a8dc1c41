package dev.muster.deploy.system;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Nodes on a real Cassandra that all tests of a class share: it says what they logged where a test
 * fails, and ends them after the last one. Where there can be none, the tests are skipped.
 */
final class SharedNodes implements AfterTestExecutionCallback, AfterAllCallback {
  private Path folder;
  private LocalCluster cluster;

  /**
   * Starts them; to be called once, before all tests.
   *
   * @param settings in HOCON, for every node
   * @param options of {@code local-cluster start}
   */
  LocalCluster start(int count, String settings, String... options) throws IOException {
    Needs.cassandra();
    folder = Folders.create("muster-nodes");
    cluster = LocalCluster.start(folder, count, settings, options);
    return cluster;
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    context
        .getExecutionException()
        .filter(failure -> cluster != null)
        .ifPresent(failure -> System.err.println(failure + "\n" + cluster.story()));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (cluster != null) {
      cluster.stop();
    }
    if (folder != null) {
      Folders.delete(folder);
    }
  }
}

package dev.muster.deploy.local;

import dev.muster.deploy.StartupException;
import java.io.IOException;

/**
 * A start that leaves nothing behind when it does not get to its end: where something fails, or the
 * user presses Ctrl-C, whatever was started is ended again.
 */
final class LocalStartup {
  private LocalStartup() {}

  /** What is done once Cassandra's process was started. */
  @FunctionalInterface
  interface Steps {
    void carryOut() throws IOException;
  }

  /**
   * Carries out the steps.
   *
   * @throws StartupException where one of them failed, once everything has ended
   */
  static void run(LocalProcesses processes, Steps steps) throws IOException, InterruptedException {
    Thread cleaner = new Thread(() -> clean(processes), "muster-clean");
    Runtime.getRuntime().addShutdownHook(cleaner);
    try {
      processes.write();
      steps.carryOut();
      keep(cleaner);
    } catch (StartupException | IOException failure) {
      keep(cleaner);
      clean(processes);
      throw failure;
    }
  }

  /** From here on nobody else ends what was started, unless a signal is ending it already. */
  private static void keep(Thread cleaner) throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException endingAlready) {
      cleaner.join();
    }
  }

  private static void clean(LocalProcesses processes) {
    try {
      processes.end();
    } catch (IOException failure) {
      System.err.println(
          "muster: not everything was ended: "
              + failure.getMessage()
              + "; 'muster local-cluster stop' does it");
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}

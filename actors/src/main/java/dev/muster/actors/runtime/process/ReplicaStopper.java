package dev.muster.actors.runtime.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Stops all replicas of a data directory whose Muster does not run: for {@code muster
 * stop-replicas}. Run beside a running Muster it does no harm, and no good: that starts them again.
 */
public final class ReplicaStopper {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private ReplicaStopper() {}

  /**
   * Stops them, by force after the grace period, each only as long as it is surely the same
   * process. Blocks until they have ended.
   *
   * @return how many there were
   */
  public static int stopAll(Path dataDirectory, Duration gracePeriod) {
    ProcessTable table = new ProcessTable(dataDirectory);
    List<ReplicaProcess> all = table.scan();
    all.forEach(table::terminate);
    long endNanos = System.nanoTime() + gracePeriod.toNanos();
    while (all.stream().anyMatch(table::isAlive) && System.nanoTime() < endNanos) {
      pause();
    }
    all.forEach(table::kill);
    all.forEach(process -> table.killRemnants(process.id()));
    return all.size();
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while replicas stop", e);
    }
  }
}

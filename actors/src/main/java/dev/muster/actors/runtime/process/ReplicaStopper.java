package dev.muster.actors.runtime.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Stops all replicas of a data directory whose Muster does not run: for {@code muster
 * stop-replicas}. Run beside a running Muster it does no harm, and no good: that starts them again.
 */
public final class ReplicaStopper {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  /** Waiters have but to write down what they were told. */
  private static final Duration WAITERS = Duration.ofSeconds(5);

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
    Map<ReplicaProcess, Long> waiters = new HashMap<>();
    all.forEach(process -> table.waiter(process).ifPresent(pid -> waiters.put(process, pid)));
    all.forEach(table::terminate);
    await(gracePeriod, () -> all.stream().noneMatch(table::isAlive));
    all.forEach(table::kill);
    all.forEach(process -> table.killRemnants(process.id()));
    await(
        WAITERS,
        () ->
            waiters.entrySet().stream()
                .noneMatch(one -> table.isWaiter(one.getValue(), one.getKey())));
    return all.size();
  }

  private static void await(Duration atMost, BooleanSupplier ended) {
    long endNanos = System.nanoTime() + atMost.toNanos();
    while (!ended.getAsBoolean() && System.nanoTime() < endNanos) {
      pause();
    }
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

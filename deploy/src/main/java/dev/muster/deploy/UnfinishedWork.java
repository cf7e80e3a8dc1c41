package dev.muster.deploy;

import dev.muster.journal.state.EnvironmentState;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What a crash interrupted is finished before a node says that it is ready. Otherwise a client
 * could look after the restart, find that its unacknowledged {@code CREATE CLUSTER} was not carried
 * out, and meet the cluster a moment later.
 */
final class UnfinishedWork {
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(10).toNanos();

  private UnfinishedWork() {}

  /**
   * Waits until nothing is half made.
   *
   * @param names asks the environment
   * @return false where something was still half made when time was up; it is not given up, only no
   *     longer waited for
   */
  static boolean awaitNone(
      Supplier<? extends CompletionStage<EnvironmentState>> names, Duration within)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + within.toNanos();
    while (true) {
      long leftNanos = deadlineNanos - System.nanoTime();
      try {
        EnvironmentState state =
            names
                .get()
                .toCompletableFuture()
                .get(Math.max(LOOK_AGAIN_NANOS, leftNanos), TimeUnit.NANOSECONDS);
        if (isNone(state)) {
          return true;
        }
      } catch (ExecutionException | TimeoutException notNow) {
        // As good as unfinished: asked again while there is time.
      }
      if (leftNanos <= 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  private static boolean isNone(EnvironmentState state) {
    return state.dropping().isEmpty()
        && state.replicaDrops().isEmpty()
        && state.clusters().values().stream().allMatch(entry -> entry.creating().isEmpty());
  }
}

package dev.muster.deploy;

import dev.muster.api.CatalogIncompleteException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waits at a start until the environment answers. A single question is given up by the client when
 * users would lose patience; a start on a busy machine or with a long journal has more of it, and
 * asks again.
 */
final class FirstAnswer {
  private FirstAnswer() {}

  /**
   * Returns once a question was answered.
   *
   * @param question asked again whenever it is refused because something is not available yet
   * @throws StartupException when there was no answer in time, or one that will not get better
   */
  static void await(Supplier<? extends CompletionStage<?>> question, Duration within)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + within.toNanos();
    String last = "the environment did not answer within " + within.toSeconds() + " s";
    while (true) {
      long leftNanos = deadlineNanos - System.nanoTime();
      try {
        question.get().toCompletableFuture().get(Math.max(0, leftNanos), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException late) {
        throw new StartupException(last);
      } catch (ExecutionException failure) {
        last = "the environment cannot be read: " + failure.getCause().getMessage();
        if (!(failure.getCause() instanceof CatalogIncompleteException)
            || deadlineNanos - System.nanoTime() <= 0) {
          throw new StartupException(last);
        }
      }
    }
  }
}

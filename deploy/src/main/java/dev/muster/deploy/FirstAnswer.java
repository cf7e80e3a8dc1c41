package dev.muster.deploy;

import dev.muster.api.CatalogIncompleteException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Waits at a start until the environment answers. A single question is given up by the client when
 * users would lose patience; a start on a busy machine or with a long journal has more of it, and
 * asks again.
 */
final class FirstAnswer {
  private static final long PAUSE_MIN_NANOS = Duration.ofMillis(10).toNanos();

  /** Long enough to leave the processor to what is starting, short enough not to be felt. */
  private static final long PAUSE_MAX_NANOS = Duration.ofMillis(500).toNanos();

  private FirstAnswer() {}

  /**
   * Returns once a question was answered.
   *
   * @param question asked again, after a pause that doubles up to half a second, whenever it is
   *     refused because something is not available yet
   * @throws StartupException when there was no answer in time, or one that will not get better
   */
  static void await(Supplier<? extends CompletionStage<?>> question, Duration within)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + within.toNanos();
    long pauseNanos = PAUSE_MIN_NANOS;
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
      pause(Math.min(pauseNanos, deadlineNanos - System.nanoTime()));
      pauseNanos = Math.min(PAUSE_MAX_NANOS, 2 * pauseNanos);
    }
  }

  /** A refusal may come at once: asking again at once would keep a core from what it waits for. */
  private static void pause(long nanos) throws InterruptedException {
    LockSupport.parkNanos(nanos);
    if (Thread.interrupted()) {
      throw new InterruptedException("told to stop waiting for the environment");
    }
  }
}

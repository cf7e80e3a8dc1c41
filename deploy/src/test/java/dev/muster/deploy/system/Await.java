package dev.muster.deploy.system;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, never for time. */
final class Await {
  /** Long enough for a slow machine that does much besides; nothing is measured by it. */
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private Await() {}

  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  @FunctionalInterface
  interface Source<T> {
    Optional<T> look() throws Exception;
  }

  /**
   * Returns once the condition holds. An exception counts as "not yet".
   *
   * @throws AssertionError when patience is at its end; caused by the last exception, if there was
   *     one
   */
  static void until(String what, Condition condition) {
    value(what, () -> condition.holds() ? Optional.of(true) : Optional.empty());
  }

  /** As {@link #until}, for something to be found. */
  static <T> T value(String what, Source<T> source) {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    Exception last = null;
    do {
      try {
        Optional<T> found = source.look();
        if (found.isPresent()) {
          return found.get();
        }
        last = null;
      } catch (Exception notYet) {
        last = notYet;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    } while (System.nanoTime() < deadlineNanos);
    throw new AssertionError("waited in vain until " + what, last);
  }
}

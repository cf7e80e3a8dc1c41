package dev.muster.deploy.bench;

import java.time.Duration;

/** Waits for a condition. */
final class Await {
  private static final long PAUSE_MILLIS = 10;

  private Await() {}

  /** What is waited for. */
  @FunctionalInterface
  interface Condition {
    boolean holds();
  }

  /**
   * @param what names the condition in the message
   * @throws BenchException if it does not hold in time
   */
  static void until(String what, Duration patience, Condition condition) {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new BenchException("waited " + patience.toSeconds() + " s in vain until " + what);
      }
      pause(Duration.ofMillis(PAUSE_MILLIS));
    }
  }

  static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", interrupted);
    }
  }
}

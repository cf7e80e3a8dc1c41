package dev.muster.actors.runtime.process;

import java.time.Duration;

/**
 * What is done again and again, each time an interval after the last, by a clock that nobody sets:
 * the nanoseconds are those of {@link System#nanoTime}. Pure.
 */
record Cadence(Duration interval, long doneNanos) {
  boolean isDue(long nowNanos) {
    return leftNanos(nowNanos) <= 0;
  }

  /** Until it is due; nothing where it is. */
  Duration left(long nowNanos) {
    return Duration.ofNanos(Math.max(0, leftNanos(nowNanos)));
  }

  Cadence done(long nowNanos) {
    return new Cadence(interval, nowNanos);
  }

  private long leftNanos(long nowNanos) {
    return interval.toNanos() - (nowNanos - doneNanos);
  }
}

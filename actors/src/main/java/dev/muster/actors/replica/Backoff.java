package dev.muster.actors.replica;

import java.time.Duration;

/**
 * How long to wait before a failed replica is started again: doubles with each failure in a row,
 * from {@code min} to {@code max}, half of it fixed and half of it random, so that replicas that
 * failed together do not come back together.
 *
 * @param min the full delay after the first failure
 * @param max the bound of the full delay
 * @param resetAfter a replica that served for at least this long starts counting anew
 */
public record Backoff(Duration min, Duration max, Duration resetAfter) {
  public Backoff {
    if (min.isNegative() || min.isZero() || max.compareTo(min) < 0 || resetAfter.isNegative()) {
      throw new IllegalArgumentException(
          "a backoff needs 0 < min <= max and 0 <= resetAfter: " + min + ", " + max);
    }
  }

  /**
   * The delay.
   *
   * @param consecutiveFailures at least 1
   * @param random in [0, 1)
   */
  public Duration delay(int consecutiveFailures, double random) {
    int doublings = Math.min(Math.max(consecutiveFailures - 1, 0), 30);
    long maxMillis = max.toMillis();
    long minMillis = Math.max(min.toMillis(), 1);
    long fullMillis =
        minMillis > maxMillis >> doublings
            ? maxMillis
            : Math.min(minMillis << doublings, maxMillis);
    long fixedMillis = fullMillis / 2;
    return Duration.ofMillis(fixedMillis + (long) (random * (fullMillis - fixedMillis)));
  }

  /**
   * The number of this failure in its row.
   *
   * @param before the failures in a row before it
   * @param served for how long the replica had served
   */
  public int count(int before, Duration served) {
    return served.compareTo(resetAfter) >= 0 ? 1 : before + 1;
  }
}

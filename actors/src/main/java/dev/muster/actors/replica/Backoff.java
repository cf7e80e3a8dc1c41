package dev.muster.actors.replica;

import java.time.Duration;

/**
 * How long to wait before a failed replica is started again.
 *
 * <p>After the first failure in a row hardly at all: most crashes are no loop, and whoever is left
 * without a replica waits for it. From the second failure on the delay doubles with each, from
 * {@code min} to {@code max}, half of it fixed and half of it random, so that replicas that failed
 * together do not come back together.
 *
 * @param min the full delay after the second failure; the first waits for at most a tenth of it
 * @param max the bound of the full delay
 * @param resetAfter a replica that served for at least this long starts counting anew
 */
public record Backoff(Duration min, Duration max, Duration resetAfter) {
  private static final int FIRST_FRACTION = 10;

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
    if (consecutiveFailures <= 1) {
      return Duration.ofMillis((long) (random * min.toMillis() / FIRST_FRACTION));
    }
    long fullMillis = fullMillis(consecutiveFailures);
    long fixedMillis = fullMillis / 2;
    return Duration.ofMillis(fixedMillis + (long) (random * (fullMillis - fixedMillis)));
  }

  private long fullMillis(int consecutiveFailures) {
    int doublings = Math.min(Math.max(consecutiveFailures - 2, 0), 30);
    long maxMillis = max.toMillis();
    long minMillis = Math.max(min.toMillis(), 1);
    return minMillis > maxMillis >> doublings
        ? maxMillis
        : Math.min(minMillis << doublings, maxMillis);
  }

  /**
   * How long a replica must serve after a crash loop before it is believed: as long as it was last
   * made to wait, at most. The more often it has crashed, the longer, and never longer than what
   * starts the count anew.
   */
  public Duration proving(int consecutiveFailures) {
    Duration full = Duration.ofMillis(fullMillis(consecutiveFailures));
    return full.compareTo(resetAfter) < 0 ? full : resetAfter;
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

package dev.muster.actors.reconcile;

import java.time.Duration;

/**
 * When clusters whose size follows their load are moved; each setting is explained in {@code
 * reference.conf}.
 *
 * @param growAboveCpuPercent of the size's CPU
 * @param growAboveMemoryPercent of the size's memory
 * @param fillUpToPercent a size is moved to only where what was used fills at most this part of it
 * @param growWindow how long a cluster must have been busy before it grows
 * @param shrinkWindow how long it must have been idle before it shrinks
 * @param coolDown from the end of one move to the next decision
 * @param timeout of one move
 * @param retryAfter how long a size is not gone back to that has proved to be too small
 */
public record LoadSettings(
    int growAboveCpuPercent,
    int growAboveMemoryPercent,
    int fillUpToPercent,
    Duration growWindow,
    Duration shrinkWindow,
    Duration coolDown,
    Duration timeout,
    Duration retryAfter) {

  public static final LoadSettings DEFAULT =
      new LoadSettings(
          80,
          80,
          60,
          Duration.ofMinutes(2),
          Duration.ofMinutes(30),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofDays(1));

  /** Samples closer together than this tell nothing new. */
  private static final int SAMPLES_PER_WINDOW = 8;

  /**
   * @throws IllegalArgumentException where a cluster would be moved to and fro under a constant
   *     load
   */
  public LoadSettings {
    if (fillUpToPercent <= 0
        || fillUpToPercent >= Math.min(growAboveCpuPercent, growAboveMemoryPercent)) {
      throw new IllegalArgumentException(
          "muster.clusters.load: fill-up-to must be greater than zero, and less than grow-above-cpu"
              + " and grow-above-memory");
    }
    if (!growWindow.isPositive() || !shrinkWindow.isPositive() || !timeout.isPositive()) {
      throw new IllegalArgumentException(
          "muster.clusters.load: grow-window, shrink-window and timeout must be greater than zero");
    }
  }

  /**
   * These settings, where replicas are observed often enough for them: else nothing would ever be
   * decided, and nobody told why.
   *
   * @param setting which the interval is
   * @throws IllegalArgumentException where a window is too short for its observations
   */
  public LoadSettings observedEvery(String setting, Duration interval) {
    Duration least = interval.multipliedBy(LoadHistory.SAMPLES_MIN);
    requireAtLeast("grow-window", growWindow, least, setting, interval);
    requireAtLeast("shrink-window", shrinkWindow, least, setting, interval);
    return this;
  }

  private static void requireAtLeast(
      String name, Duration window, Duration least, String setting, Duration interval) {
    if (window.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "muster.clusters.load.%s is %d ms; it must hold %d observations, and %s is %d ms: at least %d ms"
              .formatted(
                  name,
                  window.toMillis(),
                  LoadHistory.SAMPLES_MIN,
                  setting,
                  interval.toMillis(),
                  least.toMillis()));
    }
  }

  /** How far back anything looks. */
  Duration longestWindow() {
    return growWindow.compareTo(shrinkWindow) > 0 ? growWindow : shrinkWindow;
  }

  Duration sampleSpacing() {
    Duration shortest = growWindow.compareTo(shrinkWindow) < 0 ? growWindow : shrinkWindow;
    return shortest.dividedBy(SAMPLES_PER_WINDOW);
  }
}

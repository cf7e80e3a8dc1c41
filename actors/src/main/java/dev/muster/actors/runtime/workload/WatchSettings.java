package dev.muster.actors.runtime.workload;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How a replica is asked whether it answers, has hydrated, and is alive.
 *
 * @param startTimeout in which it must answer for the first time
 * @param livenessFailures so many unanswered questions in a row mean that it is hung
 */
public record WatchSettings(
    Duration startTimeout,
    Duration hydrationInterval,
    Duration livenessInterval,
    Duration livenessTimeout,
    int livenessFailures) {
  /**
   * @throws IllegalArgumentException where it would be asked without a pause
   */
  public WatchSettings {
    requirePositive("hydration-interval", hydrationInterval);
    requirePositive("liveness-interval", livenessInterval);
  }

  private static void requirePositive(String setting, Duration interval) {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException(
          "the %s of muster.runtime must be greater than zero".formatted(setting));
    }
  }

  /** Reads them from a runtime's own settings. */
  public static WatchSettings of(Config runtime) {
    return new WatchSettings(
        runtime.getDuration("start-timeout"),
        runtime.getDuration("hydration-interval"),
        runtime.getDuration("liveness-interval"),
        runtime.getDuration("liveness-timeout"),
        runtime.getInt("liveness-failures"));
  }
}

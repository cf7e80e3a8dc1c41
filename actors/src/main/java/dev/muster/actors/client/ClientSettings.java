package dev.muster.actors.client;

import com.typesafe.config.Config;
import java.time.Duration;

/** How long the client waits; each setting is explained in {@code reference.conf}. */
public record ClientSettings(
    Duration commandTimeout, Duration catalogTimeout, Duration askAgainAfter) {
  /**
   * @param muster the configuration under {@code muster}
   */
  public static ClientSettings of(Config muster) {
    Config config = muster.getConfig("client");
    return new ClientSettings(
        config.getDuration("command-timeout"),
        config.getDuration("catalog-timeout"),
        config.getDuration("ask-again-after"));
  }
}

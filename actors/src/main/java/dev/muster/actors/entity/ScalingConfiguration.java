package dev.muster.actors.entity;

import com.typesafe.config.Config;
import dev.muster.actors.reconcile.LoadSettings;
import dev.muster.actors.reconcile.ScalingSettings;

/** Reads how clusters are scaled by themselves. */
public final class ScalingConfiguration {
  private ScalingConfiguration() {}

  /**
   * @param clusters the configuration under {@code muster.clusters}
   * @throws IllegalArgumentException where the settings contradict each other
   */
  public static ScalingSettings of(Config clusters) {
    Config load = clusters.getConfig("load");
    return new ScalingSettings(
        clusters.getDuration("burst-linger"),
        new LoadSettings(
            load.getInt("grow-above-cpu"),
            load.getInt("grow-above-memory"),
            load.getInt("fill-up-to"),
            load.getDuration("grow-window"),
            load.getDuration("shrink-window"),
            load.getDuration("cool-down"),
            load.getDuration("timeout"),
            load.getDuration("retry-after")));
  }
}

package dev.muster.actors.entity;

import com.typesafe.config.Config;
import dev.muster.actors.reconcile.LoadSettings;
import dev.muster.actors.reconcile.ScalingSettings;
import java.util.Map;

/** Reads how clusters are scaled by themselves. */
public final class ScalingConfiguration {
  /** By runtime: how often it observes replicas. Of simulated ones there are no figures. */
  private static final Map<String, String> OBSERVATION_INTERVALS =
      Map.of(
          "process", "runtime.process.observation-interval",
          "kubernetes", "runtime.kubernetes.metrics-interval");

  private ScalingConfiguration() {}

  /**
   * @param muster the configuration under {@code muster}
   * @throws IllegalArgumentException where the settings contradict each other
   */
  public static ScalingSettings of(Config muster) {
    LoadSettings load = load(muster.getConfig("clusters.load"));
    String interval = OBSERVATION_INTERVALS.get(muster.getString("runtime.name"));
    return new ScalingSettings(
        muster.getDuration("clusters.burst-linger"),
        interval == null
            ? load
            : load.observedEvery("muster." + interval, muster.getDuration(interval)));
  }

  private static LoadSettings load(Config load) {
    return new LoadSettings(
        load.getInt("grow-above-cpu"),
        load.getInt("grow-above-memory"),
        load.getInt("fill-up-to"),
        load.getDuration("grow-window"),
        load.getDuration("shrink-window"),
        load.getDuration("cool-down"),
        load.getDuration("timeout"),
        load.getDuration("retry-after"));
  }
}

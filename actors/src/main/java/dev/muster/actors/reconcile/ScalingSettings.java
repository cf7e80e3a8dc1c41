package dev.muster.actors.reconcile;

import java.time.Duration;

/**
 * How clusters are scaled by themselves; each setting is explained in {@code reference.conf}.
 *
 * @param burstLinger of strategies that give no {@code LINGER DURATION}
 * @param load of clusters with {@code MIN SIZE} and {@code MAX SIZE}
 */
public record ScalingSettings(Duration burstLinger, LoadSettings load) {
  public static final ScalingSettings DEFAULT =
      new ScalingSettings(Duration.ofMinutes(1), LoadSettings.DEFAULT);
}

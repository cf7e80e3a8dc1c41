package dev.muster.actors.cluster;

import dev.muster.actors.placement.ZoneLoad;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.reconcile.Reconciler;
import dev.muster.actors.reconcile.ScalingSettings;
import dev.muster.api.size.SizeCatalogue;
import java.time.Duration;

/**
 * What holds for every cluster alike; one instance is shared by all.
 *
 * @param maxReplicasPerCluster the limit that a statement may not exceed; what is above it already
 *     stays
 * @param reconfigurationTimeout how long a reconfiguration may take whose statement does not say
 * @param scaling how clusters are scaled by themselves
 */
public record ClusterRules(
    SizeCatalogue sizes,
    Zones zones,
    ZoneLoad load,
    Reconciler reconciler,
    int maxReplicasPerCluster,
    Duration reconfigurationTimeout,
    ScalingSettings scaling) {

  /** The default of {@code max_replicas_per_cluster}. */
  public static final int DEFAULT_MAX_REPLICAS = 5;

  /** The default of the time that a reconfiguration may take. */
  public static final Duration DEFAULT_RECONFIGURATION_TIMEOUT = Duration.ofDays(1);

  public static ClusterRules of(SizeCatalogue sizes, Zones zones, int maxReplicasPerCluster) {
    return new ClusterRules(
        sizes,
        zones,
        ZoneLoad.UNKNOWN,
        Reconciler.STANDARD,
        maxReplicasPerCluster,
        DEFAULT_RECONFIGURATION_TIMEOUT,
        ScalingSettings.DEFAULT);
  }

  public ClusterRules withReconfigurationTimeout(Duration timeout) {
    return new ClusterRules(
        sizes, zones, load, reconciler, maxReplicasPerCluster, timeout, scaling);
  }

  public ClusterRules withScaling(ScalingSettings settings) {
    return new ClusterRules(
        sizes, zones, load, reconciler, maxReplicasPerCluster, reconfigurationTimeout, settings);
  }
}

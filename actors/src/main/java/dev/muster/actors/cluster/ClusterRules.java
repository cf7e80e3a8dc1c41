package dev.muster.actors.cluster;

import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.reconcile.Reconciler;
import dev.muster.actors.reconcile.ScalingSettings;
import dev.muster.api.size.SizeCatalogue;
import java.time.Duration;

/**
 * What holds for every cluster alike; one instance is shared by all.
 *
 * @param fleet the hosts in service, and what is left of them
 * @param demand what replicas take of them
 * @param maxReplicasPerCluster the limit that a statement may not exceed; what is above it already
 *     stays
 * @param reconfigurationTimeout how long a reconfiguration may take whose statement does not say
 * @param scaling how clusters are scaled by themselves
 * @param credits what replicas may cost
 */
public record ClusterRules(
    SizeCatalogue sizes,
    Zones zones,
    Fleet fleet,
    Demand demand,
    Reconciler reconciler,
    int maxReplicasPerCluster,
    Duration reconfigurationTimeout,
    ScalingSettings scaling,
    CreditLimit credits) {

  /** The default of {@code max_replicas_per_cluster}. */
  public static final int DEFAULT_MAX_REPLICAS = 5;

  /** The default of the time that a reconfiguration may take. */
  public static final Duration DEFAULT_RECONFIGURATION_TIMEOUT = Duration.ofDays(1);

  public static ClusterRules of(SizeCatalogue sizes, Zones zones, int maxReplicasPerCluster) {
    return new ClusterRules(
        sizes,
        zones,
        Fleet.UNBOUNDED,
        Demand.NOMINAL,
        Reconciler.STANDARD,
        maxReplicasPerCluster,
        DEFAULT_RECONFIGURATION_TIMEOUT,
        ScalingSettings.DEFAULT,
        CreditLimit.NONE);
  }

  public ClusterRules withFleet(Zones newZones, Fleet newFleet, Demand newDemand) {
    return new ClusterRules(
        sizes,
        newZones,
        newFleet,
        newDemand,
        reconciler,
        maxReplicasPerCluster,
        reconfigurationTimeout,
        scaling,
        credits);
  }

  /** What a replica of a size takes; nothing where the size is known no longer. */
  Resources demand(String size) {
    return sizes.find(size).map(demand::of).orElse(Resources.NONE);
  }

  public ClusterRules withReconfigurationTimeout(Duration timeout) {
    return new ClusterRules(
        sizes, zones, fleet, demand, reconciler, maxReplicasPerCluster, timeout, scaling, credits);
  }

  public ClusterRules withScaling(ScalingSettings settings) {
    return new ClusterRules(
        sizes,
        zones,
        fleet,
        demand,
        reconciler,
        maxReplicasPerCluster,
        reconfigurationTimeout,
        settings,
        credits);
  }

  public ClusterRules withCredits(CreditLimit limit) {
    return new ClusterRules(
        sizes,
        zones,
        fleet,
        demand,
        reconciler,
        maxReplicasPerCluster,
        reconfigurationTimeout,
        scaling,
        limit);
  }
}

package dev.muster.actors.reconcile;

import dev.muster.actors.placement.ZoneLoad;
import dev.muster.actors.placement.Zones;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.Utilization;
import dev.muster.journal.state.ClusterState;
import java.util.Map;

/**
 * All that a pass may look at.
 *
 * @param occasion why the pass runs: a statement ({@link Reason#MANUAL}) or Muster itself ({@link
 *     Reason#SYSTEM})
 * @param mayMove whether replicas may be replaced because of the zone that they are in: only where
 *     a statement runs. By itself a pass never takes away what may be serving
 * @param utilization how busy each replica was when it was last measured; of those that serve, and
 *     only what this start of the control plane has seen
 */
public record Situation(
    ClusterState.Live state,
    HybridTime now,
    Zones zones,
    SizeCatalogue sizes,
    ZoneLoad load,
    Reason occasion,
    boolean mayMove,
    Map<ReplicaId, Utilization> utilization,
    ScalingSettings scaling) {

  Situation with(ClusterState.Live newState) {
    return new Situation(
        newState, now, zones, sizes, load, occasion, mayMove, utilization, scaling);
  }

  /** Whether an even spread over zones is promised for a size. */
  boolean spreads(String size) {
    return sizes.find(size).map(known -> known.zoneSpread()).orElse(true);
  }
}

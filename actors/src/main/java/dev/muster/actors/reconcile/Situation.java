package dev.muster.actors.reconcile;

import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.placement.Zones;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Instant;
import java.util.Set;

/**
 * All that a pass may look at.
 *
 * @param occasion why the pass runs: a statement ({@link Reason#MANUAL}) or Muster itself ({@link
 *     Reason#SYSTEM})
 * @param fleet the hosts in service, and what is left of them
 * @param demand what replicas take of them
 * @param mayMove whether replicas may be replaced because of the zone that they are in: only where
 *     a statement runs. By itself a pass never takes away what may be serving
 * @param utilization how busy the replicas were; only what this start of the control plane has seen
 * @param scaling how clusters are scaled by themselves
 * @param replicasFound whether it is known how the replicas are. Right after a recovery it is not:
 *     what the state says of them may be long over, and nothing ends then because of it
 * @param refused replicas that their host would not start again for lack of room
 */
public record Situation(
    ClusterState.Live state,
    HybridTime now,
    Zones zones,
    SizeCatalogue sizes,
    Fleet fleet,
    Demand demand,
    Reason occasion,
    boolean mayMove,
    LoadHistory utilization,
    ScalingSettings scaling,
    boolean replicasFound,
    Set<ReplicaId> refused) {

  /** A later state; who is not there any more has given his place back. */
  Situation with(ClusterState.Live newState) {
    Fleet left = fleet;
    for (Replica replica : state.replicas()) {
      if (newState.replicas().stream().noneMatch(same -> same.id().equals(replica.id()))) {
        left = left.without(replica.id());
      }
    }
    return new Situation(
        newState,
        now,
        zones,
        sizes,
        left,
        demand,
        occasion,
        mayMove,
        utilization,
        scaling,
        replicasFound,
        refused);
  }

  /** What a replica of a size takes; nothing where the size is known no longer. */
  Resources demand(String size) {
    return sizes.find(size).map(demand::of).orElse(Resources.NONE);
  }

  /** Whether its place is in a zone that is out of service, or is one no more. */
  public boolean isLost(Replica replica) {
    return replica.waiting().isEmpty() && (zones.isLost(replica.zone()) || isStranded(replica));
  }

  /**
   * Whether it is down, its host is gone, and those that are left in its zone have no room for it:
   * nothing of it serves, and nothing would where it is.
   */
  private boolean isStranded(Replica replica) {
    return refused.contains(replica.id())
        && replica.progress() instanceof ReplicaProgress.Failed
        && !fleet.without(replica.id()).hasRoom(replica.zone(), demand(replica.size()));
  }

  /** Whether a statement runs; what Muster decides by itself is not decided within one. */
  boolean isAsked() {
    return mayMove;
  }

  Instant instant() {
    return now.instant();
  }

  /** Whether an even spread over zones is promised for a size. */
  boolean spreads(String size) {
    return sizes.find(size).map(known -> known.zoneSpread()).orElse(true);
  }
}

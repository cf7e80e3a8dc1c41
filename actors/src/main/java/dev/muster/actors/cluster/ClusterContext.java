package dev.muster.actors.cluster;

import dev.muster.actors.placement.Fleet;
import dev.muster.actors.reconcile.LoadHistory;
import dev.muster.actors.reconcile.Situation;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import java.util.Set;

/**
 * What a cluster's decision depends on besides its state and the command.
 *
 * @param id the cluster's own
 * @param by who asks
 * @param utilization how busy the replicas that serve were
 * @param replicasFound whether it is known how the replicas are, as it is not right after a
 *     recovery
 * @param refused replicas that their host would not start again for lack of room
 */
public record ClusterContext(
    ClusterId id,
    HybridTime now,
    Origin by,
    ClusterRules rules,
    LoadHistory utilization,
    boolean replicasFound,
    Set<ReplicaId> refused) {

  /** Where no host has refused anything. */
  public ClusterContext(
      ClusterId id,
      HybridTime now,
      Origin by,
      ClusterRules rules,
      LoadHistory utilization,
      boolean replicasFound) {
    this(id, now, by, rules, utilization, replicasFound, Set.of());
  }

  /** Where nothing is known of how busy the replicas are. */
  public ClusterContext(ClusterId id, HybridTime now, Origin by, ClusterRules rules) {
    this(id, now, by, rules, LoadHistory.NONE, true);
  }

  /** Whether Muster acts by itself, and no statement runs. */
  boolean isUnasked() {
    return by.equals(Origin.SYSTEM);
  }

  /** Why replicas come and go on this occasion. */
  Reason occasion() {
    return by.role().equals(Origin.SYSTEM.role()) ? Reason.SYSTEM : Reason.MANUAL;
  }

  /**
   * @param fleet what is left of the hosts in the course of the decision
   */
  Situation situation(ClusterState.Live state, Fleet fleet) {
    return new Situation(
        state,
        now,
        rules.zones(),
        rules.sizes(),
        fleet,
        rules.demand(),
        occasion(),
        !isUnasked(),
        utilization,
        rules.scaling(),
        replicasFound,
        refused);
  }
}

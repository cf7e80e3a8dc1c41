package dev.muster.actors.cluster;

import dev.muster.actors.reconcile.Situation;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.state.ClusterState;

/**
 * What a cluster's decision depends on besides its state and the command.
 *
 * @param id the cluster's own
 * @param by who asks
 */
public record ClusterContext(ClusterId id, HybridTime now, Origin by, ClusterRules rules) {
  /** Whether Muster acts by itself, and no statement runs. */
  private boolean isUnasked() {
    return by.equals(Origin.SYSTEM);
  }

  /** Why replicas come and go on this occasion. */
  Reason occasion() {
    return by.role().equals(Origin.SYSTEM.role()) ? Reason.SYSTEM : Reason.MANUAL;
  }

  Situation situation(ClusterState.Live state) {
    return new Situation(
        state, now, rules.zones(), rules.sizes(), rules.load(), occasion(), !isUnasked());
  }
}

package dev.muster.actors.reconcile;

import dev.muster.journal.event.ClusterEvent;
import java.util.List;

/**
 * The outcome of one pass.
 *
 * @param advances events of the strategies, to come first
 * @param decisions all drops, then all additions, so that names are free before they are taken
 */
public record Reconciliation(List<ClusterEvent> advances, List<ReplicaDecision> decisions) {
  static final Reconciliation NOTHING = new Reconciliation(List.of(), List.of());

  public Reconciliation {
    advances = List.copyOf(advances);
    decisions = List.copyOf(decisions);
  }
}

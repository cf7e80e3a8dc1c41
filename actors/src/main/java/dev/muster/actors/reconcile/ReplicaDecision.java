package dev.muster.actors.reconcile;

import dev.muster.actors.placement.Place;
import dev.muster.journal.event.Reason;
import dev.muster.journal.state.Replica;

/** What the kernel decided about one replica. */
public sealed interface ReplicaDecision {
  record Add(String name, ReplicaShape shape, Place place, Reason reason)
      implements ReplicaDecision {}

  record Drop(Replica replica, Reason reason) implements ReplicaDecision {}
}

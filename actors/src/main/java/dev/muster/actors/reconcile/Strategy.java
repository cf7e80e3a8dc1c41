package dev.muster.actors.reconcile;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.Reason;
import dev.muster.journal.state.Replica;
import java.util.List;
import java.util.Optional;

/** One reason for replicas to exist. Stateless: what it must remember, it journals. */
public interface Strategy {
  /** Moves the strategy's own durable record; no events when there is nothing to move. */
  default List<ClusterEvent> advance(Situation situation) {
    return List.of();
  }

  /** Why a replica that nobody desires goes, where it was there for this strategy. */
  default Optional<Reason> drops(Replica replica) {
    return Optional.empty();
  }

  /** What it wants to be there now. */
  List<Desire> desire(Situation situation);
}

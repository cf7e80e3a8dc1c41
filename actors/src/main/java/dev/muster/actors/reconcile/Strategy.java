package dev.muster.actors.reconcile;

import dev.muster.journal.event.ClusterEvent;
import java.util.List;

/** One reason for replicas to exist. Stateless: what it must remember, it journals. */
public interface Strategy {
  /** Moves the strategy's own durable record; no events when there is nothing to move. */
  default List<ClusterEvent> advance(Situation situation) {
    return List.of();
  }

  /** What it wants to be there now. */
  List<Desire> desire(Situation situation);
}

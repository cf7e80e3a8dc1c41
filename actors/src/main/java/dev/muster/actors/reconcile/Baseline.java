package dev.muster.actors.reconcile;

import java.util.List;

/** The realized configuration of a managed cluster: {@code r1..rN} of one shape (invariant 5). */
public final class Baseline implements Strategy {
  @Override
  public List<Desire> desire(Situation situation) {
    return situation
        .state()
        .managed()
        .map(
            managed ->
                new Desire(
                    ReplicaShape.of(managed),
                    managed.replicationFactor(),
                    "",
                    situation.occasion()))
        .map(List::of)
        .orElse(List.of());
  }
}

package dev.muster.actors.reconcile;

import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;

/**
 * The replicas {@code r1..rN} of a managed cluster, which are there to stay: those of its realized
 * configuration, and neither those to come, nor one that helps out, nor the successors of those
 * that move.
 */
public final class Steady {
  private Steady() {}

  public static boolean isSteady(Replica replica) {
    return !GracefulReconfiguration.isPending(replica)
        && !HydrationBurst.isBurst(replica)
        && !ZoneRepair.isMoving(replica);
  }

  /** Whether one of them serves. */
  public static boolean serves(ClusterState.Live state) {
    return state.replicas().stream().anyMatch(replica -> isSteady(replica) && replica.serves());
  }
}

package dev.muster.actors.cluster;

import dev.muster.actors.decision.Decision;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.state.ClusterState;
import java.util.List;

/**
 * One pass of the kernel that no statement asked for: after news of replicas, at a deadline, after
 * a recovery. It can be run at any time, and decides nothing where nothing is off.
 */
public final class ClusterPass {
  private ClusterPass() {}

  public static List<ClusterEvent> decide(ClusterState state, ClusterContext context) {
    return switch (state) {
      case ClusterState.Absent ignored -> List.of();
      case ClusterState.Dropped ignored -> List.of();
      case ClusterState.Live live when live.managed().isEmpty() -> List.of();
      case ClusterState.Live live -> pass(live, context);
    };
  }

  /** What cannot be added, as when its size has left the catalogue, keeps back nothing else. */
  private static List<ClusterEvent> pass(ClusterState.Live state, ClusterContext context) {
    Draft draft = new Draft(state, context);
    try {
      draft.reconcile();
      return events(draft);
    } catch (RejectedException e) {
      Draft advanced = new Draft(state, context);
      advanced.advance();
      return events(advanced);
    }
  }

  private static List<ClusterEvent> events(Draft draft) {
    return switch (draft.accept()) {
      case Decision.Accepted<ClusterEvent> accepted -> accepted.events();
      case Decision.Rejected<ClusterEvent> impossible ->
          throw new IllegalStateException(impossible.toString());
    };
  }
}

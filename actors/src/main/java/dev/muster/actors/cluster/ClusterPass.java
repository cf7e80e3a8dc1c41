package dev.muster.actors.cluster;

import dev.muster.actors.decision.Decision;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.state.Burst;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Reconfiguration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
      case ClusterState.Live live -> pass(live, context);
    };
  }

  /** Whether a pass may have something to do after anything that has happened. */
  public static boolean follows(ClusterState.Live state) {
    return state.reconfiguration().isPresent()
        || state.burst().isPresent()
        || state.managed().flatMap(Managed::autoScaling).isPresent();
  }

  /** Whether a pass is to be run with every figure of how busy the replicas are. */
  public static boolean weighsLoad(ClusterState.Live state) {
    return state.managed().flatMap(Managed::sizeRange).isPresent()
        && state.reconfiguration().isEmpty()
        && state.burst().isEmpty();
  }

  /** When a pass is to be run even if nothing happens until then. */
  public static Optional<Instant> due(ClusterState.Live state) {
    return Stream.concat(
            state.reconfiguration().map(Reconfiguration::deadline).stream(),
            state.burst().flatMap(Burst::lingersUntil).stream())
        .min(Comparator.naturalOrder());
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

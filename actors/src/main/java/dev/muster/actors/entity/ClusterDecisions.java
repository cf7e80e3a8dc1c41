package dev.muster.actors.entity;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterDecider;
import dev.muster.actors.cluster.ClusterPass;
import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.cluster.CreditLimit;
import dev.muster.actors.cluster.Reconfigurations;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.entity.ClusterMessage.Execute;
import dev.muster.actors.reconcile.LoadHistory;
import dev.muster.actors.replica.ReplicaReport;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * What a cluster's entity decides: the pure deciders, with what they need to know that the state
 * does not tell. Room is taken for what is decided, and nothing is written here.
 */
final class ClusterDecisions {
  private final ActorContext<ClusterMessage> context;
  private final ClusterId id;
  private final EntityRuntime runtime;
  private final Room room;
  private final Readoption readoption;
  private final Set<ReplicaId> refused = new HashSet<>();
  private LoadHistory utilization = LoadHistory.NONE;

  ClusterDecisions(
      ActorContext<ClusterMessage> context,
      ClusterId id,
      EntityRuntime runtime,
      Room room,
      Readoption readoption) {
    this.context = context;
    this.id = id;
    this.runtime = runtime;
    this.room = room;
    this.readoption = readoption;
  }

  /** What a statement is told of a decision that was carried out. */
  static Reply reply(
      ClusterState before,
      Execute execute,
      Decision.Accepted<ClusterEvent> accepted,
      ClusterState after) {
    return Reconfigurations.awaited(before, execute.command(), after)
        .<Reply>map(underway -> new Reply.Underway(accepted.notices(), underway))
        .orElseGet(() -> new Reply.Done(accepted.notices()));
  }

  /** A defect in a decision costs its command, not the cluster. */
  Decision<ClusterEvent> decide(
      ClusterState state, Execute execute, HybridTime now, boolean granted) {
    try {
      return room.decide(
          state,
          () ->
              ClusterDecider.decide(
                  state, execute.command(), decisionContext(now, execute.by(), granted)));
    } catch (RuntimeException defect) {
      context.getLog().error("cluster {} cannot decide {}", id, execute.command(), defect);
      return Decision.rejected(new Rejection.Unavailable("an internal error: " + defect));
    }
  }

  /** What a statement would do if credits were of no account; no room is taken for it. */
  Decision<ClusterEvent> wish(ClusterState state, Execute execute, HybridTime now) {
    try {
      return ClusterDecider.decide(
          state, execute.command(), decisionContext(now, execute.by(), true));
    } catch (RuntimeException defect) {
      // The decision that follows meets it again, and says so.
      return Decision.nothing();
    }
  }

  private ClusterContext decisionContext(HybridTime now, Origin by) {
    return decisionContext(now, by, false);
  }

  /**
   * @param granted whether the limit on credits is kept already
   */
  private ClusterContext decisionContext(HybridTime now, Origin by, boolean granted) {
    ClusterRules rules = room.rules(by);
    return new ClusterContext(
        id,
        now,
        by,
        granted ? rules.withCredits(CreditLimit.NONE) : rules,
        utilization,
        !readoption.isUnderWay(),
        Set.copyOf(refused));
  }

  /** What the kernel makes of it by itself. A defect costs the pass. */
  List<ClusterEvent> pass(ClusterState state) {
    try {
      HybridTime now = runtime.clock().next();
      return room.pass(state, () -> ClusterPass.decide(state, decisionContext(now, Origin.SYSTEM)));
    } catch (RuntimeException defect) {
      context.getLog().error("cluster {} cannot be reconciled", id, defect);
      return List.of();
    }
  }

  /**
   * Notes how busy a replica is, where the size follows that.
   *
   * @return whether that is so, and there may be something to decide
   */
  boolean weighs(ClusterState state, ReplicaReport report) {
    if (report instanceof ReplicaReport.Utilized utilized
        && state instanceof ClusterState.Live live
        && ClusterPass.weighsLoad(live)) {
      utilization =
          utilization.with(
              utilized.id(),
              utilized.utilization(),
              runtime.clock().next().instant(),
              runtime.rules().get().scaling().load());
      return true;
    }
    return false;
  }

  /** How busy a replica was is of no account any more. */
  void forget(ReplicaId replica) {
    utilization = utilization.without(replica);
  }

  /** Its host has no room for it. */
  void refused(ReplicaId replica) {
    refused.add(replica);
  }

  /** It has started, or is no more. */
  void taken(ReplicaId replica) {
    refused.remove(replica);
  }
}

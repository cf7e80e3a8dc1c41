package dev.muster.actors.entity;

import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.decision.Decision;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Origin;
import dev.muster.journal.state.ClusterState;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The room on hosts that one cluster's decisions count on. It is taken before their events are
 * written; where somebody else was faster, the decision is made again.
 */
final class Room {
  /** After so many it goes ahead all the same: a host that promises too much ends nothing. */
  private static final int ATTEMPTS = 4;

  private final ClusterId id;
  private final EntityRuntime runtime;
  private final Runnable lookAgain;

  Room(ActorContext<ClusterMessage> context, ClusterId id, EntityRuntime runtime) {
    this.id = id;
    this.runtime = runtime;
    this.lookAgain = () -> context.getSelf().tell(new ClusterMessage.Reconcile());
  }

  /** The rules as they are now; by itself Muster gives only away what nobody may hold. */
  ClusterRules rules(Origin by) {
    ClusterRules rules = runtime.rules().get();
    return by.equals(Origin.SYSTEM)
        ? rules.withFleet(rules.zones(), runtime.hosts().fleetToGive(), rules.demand())
        : rules;
  }

  Decision<ClusterEvent> decide(ClusterState state, Supplier<Decision<ClusterEvent>> decider) {
    Decision<ClusterEvent> decision = decider.get();
    for (int attempt = 1;
        attempt < ATTEMPTS
            && decision instanceof Decision.Accepted<ClusterEvent> accepted
            && !taken(state, accepted.events());
        attempt++) {
      decision = decider.get();
    }
    return decision;
  }

  List<ClusterEvent> pass(ClusterState state, Supplier<List<ClusterEvent>> pass) {
    List<ClusterEvent> events = pass.get();
    for (int attempt = 1; attempt < ATTEMPTS && !taken(state, events); attempt++) {
      events = pass.get();
    }
    return events;
  }

  private boolean taken(ClusterState state, List<ClusterEvent> events) {
    return runtime.hosts().take(id, state, events);
  }

  /** What is durable holds, whatever was taken. */
  void settle(ClusterState state, long sequenceNumber) {
    runtime.hosts().settle(id, state, sequenceNumber, lookAgain);
  }

  /**
   * Nobody speaks for the cluster here any more. What it holds is in use wherever its entity is;
   * the other nodes tell what becomes of it.
   */
  void leave(ClusterState last) {
    switch (last) {
      case ClusterState.Live ignored -> runtime.hosts().leave(id);
      case ClusterState.Absent ignored -> runtime.hosts().forget(id);
      case ClusterState.Dropped ignored -> runtime.hosts().forget(id);
    }
  }

  /** What it holds is not known, or no better than it was before. */
  void unreadable() {
    runtime.hosts().leave(id);
  }
}

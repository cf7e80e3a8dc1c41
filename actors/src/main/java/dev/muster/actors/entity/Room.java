package dev.muster.actors.entity;

import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.host.HostLedger.Seeker;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaPlaced;
import dev.muster.journal.event.ClusterEvent.ReplicaWaiting;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Set<ReplicaId> going = new HashSet<>();
    Map<ReplicaId, Seeker> coming = new LinkedHashMap<>();
    for (ClusterEvent event : events) {
      if (event instanceof ReplicaAdded added) {
        coming.put(added.id(), new Seeker(added.id(), added.zone(), added.size()));
      } else if (event instanceof ReplicaWaiting waiting) {
        coming.remove(waiting.id());
      } else if (event instanceof ReplicaPlaced placed) {
        coming.put(placed.id(), new Seeker(placed.id(), placed.zone(), size(state, placed.id())));
      } else if (event instanceof ReplicaDropped dropped) {
        coming.remove(dropped.id());
        going.add(dropped.id());
      } else if (event instanceof ReconfigurationFinished cutOver) {
        going.addAll(cutOver.retired());
      }
    }
    return runtime.hosts().exchange(id, going, coming.values());
  }

  private static String size(ClusterState state, ReplicaId id) {
    return state instanceof ClusterState.Live live
        ? live.replicas().stream()
            .filter(replica -> replica.id().equals(id))
            .map(Replica::size)
            .findFirst()
            .orElse("")
        : "";
  }

  /** What is durable holds, whatever was taken. */
  void settle(ClusterState state) {
    runtime.hosts().settle(id, state, lookAgain);
  }

  /** Nobody speaks for the cluster here any more. */
  void forget() {
    runtime.hosts().forget(id);
  }
}

package dev.muster.actors.reconcile;

import dev.muster.actors.reconcile.ReplicaDecision.Add;
import dev.muster.actors.reconcile.ReplicaDecision.Drop;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The kernel. Stateless; one instance serves every cluster. */
public final class Reconciler {
  /** The strategies that ship, in the order in which they name replicas. */
  public static final Reconciler STANDARD =
      new Reconciler(
          List.of(
              new Baseline(),
              new GracefulReconfiguration(),
              new ZoneRepair(),
              new HydrationBurst(),
              new LoadScaling()));

  private final List<Strategy> strategies;

  public Reconciler(List<Strategy> strategies) {
    this.strategies = List.copyOf(strategies);
  }

  /** One pass. Replicas of an unmanaged cluster are nobody's business but its user's. */
  public Reconciliation reconcile(Situation situation) {
    if (situation.state().managed().isEmpty()) {
      return Reconciliation.NOTHING;
    }
    List<ClusterEvent> advances = new ArrayList<>();
    Situation now = situation;
    for (Strategy strategy : strategies) {
      List<ClusterEvent> events = strategy.advance(now);
      if (!events.isEmpty()) {
        advances.addAll(events);
        now = now.with(evolved(now, events));
      }
    }
    return new Reconciliation(advances, decide(now));
  }

  private static ClusterState.Live evolved(Situation situation, List<ClusterEvent> events) {
    ClusterState state = situation.state();
    for (ClusterEvent event : events) {
      state = state.evolve(situation.now(), event);
    }
    return (ClusterState.Live) state;
  }

  /** First who stays, so that who goes makes room for who comes. */
  private List<ReplicaDecision> decide(Situation situation) {
    List<Spread> spreads = new ArrayList<>();
    Set<ReplicaId> staying = new HashSet<>();
    for (Group group : union(situation)) {
      Spread spread = new Spread(group.shape(), group.slots().values(), situation);
      spreads.add(spread);
      spread.fitting().forEach(replica -> staying.add(replica.id()));
    }
    Rooms rooms = new Rooms(situation);
    List<Drop> drops = new ArrayList<>();
    for (Replica replica : situation.state().replicas()) {
      if (!staying.contains(replica.id())) {
        drops.add(new Drop(replica, reason(replica, situation)));
        rooms.release(replica);
      }
    }
    List<Add> additions = new ArrayList<>();
    spreads.forEach(spread -> spread.fill(rooms, drops, additions));
    List<ReplicaDecision> decisions = new ArrayList<>(drops);
    decisions.addAll(additions);
    return decisions;
  }

  private Reason reason(Replica replica, Situation situation) {
    return strategies.stream()
        .flatMap(strategy -> strategy.drops(replica).stream())
        .findFirst()
        .orElse(situation.occasion());
  }

  /**
   * Replicas that count for each other. Those of another suffix do not, even where their shape is
   * the same: a reconfiguration that only moves replicas wants them beside those that serve.
   */
  private record Group(ReplicaShape shape, String nameSuffix, Map<String, Slot> slots) {
    boolean isFor(Desire desire) {
      return nameSuffix.equals(desire.nameSuffix()) && shape.equals(desire.shape());
    }
  }

  /**
   * The maximum per group: a name that two strategies desire is there once, for the reason of the
   * first of them.
   */
  private List<Group> union(Situation situation) {
    List<Group> union = new ArrayList<>();
    for (Strategy strategy : strategies) {
      for (Desire desire : strategy.desire(situation)) {
        Map<String, Slot> slots = group(union, desire).slots();
        for (String name : desire.names()) {
          slots.putIfAbsent(name, new Slot(name, desire.reason(), desire.exact()));
        }
      }
    }
    return union;
  }

  private static Group group(List<Group> union, Desire desire) {
    for (Group group : union) {
      if (group.isFor(desire)) {
        return group;
      }
    }
    Group added = new Group(desire.shape(), desire.nameSuffix(), new LinkedHashMap<>());
    union.add(added);
    return added;
  }
}

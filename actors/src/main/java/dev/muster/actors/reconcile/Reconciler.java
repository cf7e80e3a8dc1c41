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
      new Reconciler(List.of(new Baseline(), new GracefulReconfiguration(), new HydrationBurst()));

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
      advances.addAll(events);
      now = now.with(evolved(now, events));
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

  private List<ReplicaDecision> decide(Situation situation) {
    Set<ReplicaId> staying = new HashSet<>();
    List<ReplicaDecision> additions = new ArrayList<>();
    union(situation)
        .forEach(
            (group, slots) -> {
              Spread spread = Spread.of(group.shape(), slots, situation);
              spread.staying().forEach(replica -> staying.add(replica.id()));
              additions.addAll(spread.additions());
            });
    List<ReplicaDecision> decisions = new ArrayList<>();
    for (Replica replica : situation.state().replicas()) {
      if (!staying.contains(replica.id())) {
        decisions.add(new Drop(replica, reason(replica, situation)));
      }
    }
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
  private record Group(ReplicaShape shape, String nameSuffix) {}

  /**
   * The maximum per group. The n-th replica of a group takes its name and its reason from the first
   * strategy that desires as many as n.
   */
  private Map<Group, List<Slot>> union(Situation situation) {
    Map<Group, List<Slot>> union = new LinkedHashMap<>();
    for (Strategy strategy : strategies) {
      for (Desire desire : strategy.desire(situation)) {
        Group group = new Group(desire.shape(), desire.nameSuffix());
        List<Slot> slots = union.computeIfAbsent(group, ignored -> new ArrayList<>());
        for (int number = slots.size() + 1; number <= desire.count(); number++) {
          slots.add(new Slot(desire.name(number), desire.reason()));
        }
      }
    }
    return union;
  }

  /** Adds for a name that a zone was chosen for. */
  static Add add(Slot slot, ReplicaShape shape, String zone) {
    return new Add(slot.name(), shape, zone, slot.reason());
  }
}

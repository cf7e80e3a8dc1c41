package dev.muster.actors.cluster;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.placement.Placement;
import dev.muster.actors.reconcile.HydrationBurst;
import dev.muster.actors.reconcile.Reconciliation;
import dev.muster.actors.reconcile.ReplicaDecision;
import dev.muster.actors.reconcile.Steady;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A decision in the making: the events so far, and the state that they lead to. Whoever adds an
 * event sees its effect at once, so that a decision of several steps reads as those steps.
 */
final class Draft {
  private final ClusterContext context;
  private final List<ClusterEvent> events = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private ClusterState state;

  Draft(ClusterState state, ClusterContext context) {
    this.state = state;
    this.context = context;
  }

  void add(ClusterEvent event) {
    state = state.evolve(context.now(), event);
    events.add(event);
  }

  void notice(Notice notice) {
    notices.add(notice);
  }

  ClusterState.Live live() {
    return (ClusterState.Live) state;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  boolean dropsReplicas() {
    return events.stream().anyMatch(ReplicaDropped.class::isInstance);
  }

  /** Whether some of these replicas are dropped, and new ones are added. */
  boolean replaces(Supplier<? extends Collection<ReplicaId>> replicas) {
    if (replicasAdded() == 0 || !dropsReplicas()) {
      return false;
    }
    Collection<ReplicaId> replaceable = replicas.get();
    return events.stream()
        .anyMatch(
            event -> event instanceof ReplicaDropped dropped && replaceable.contains(dropped.id()));
  }

  int replicasAdded() {
    return (int) events.stream().filter(ReplicaAdded.class::isInstance).count();
  }

  Decision<ClusterEvent> accept() {
    return new Decision.Accepted<>(events, notices);
  }

  /** One pass of the kernel over the state so far. */
  void reconcile() {
    ClusterState.Live before = live();
    Reconciliation reconciliation = pass();
    reconciliation.advances().forEach(this::add);
    for (ReplicaDecision decision : reconciliation.decisions()) {
      switch (decision) {
        case ReplicaDecision.Drop drop ->
            add(new ReplicaDropped(drop.replica().id(), drop.reason()));
        case ReplicaDecision.Add addition -> add(addition);
      }
    }
    if (dropsReplicas()) {
      noticeInterruption(realized(before), realized(live()));
    }
  }

  private void noticeInterruption(Set<ReplicaId> before, Set<ReplicaId> after) {
    boolean helped = live().replicas().stream().anyMatch(this::helpsOut);
    if (!before.isEmpty() && !after.isEmpty() && Collections.disjoint(before, after) && !helped) {
      notice(new Notice.ServingInterrupted(before.size()));
    }
  }

  private boolean helpsOut(Replica replica) {
    return HydrationBurst.isBurst(replica) && replica.serves();
  }

  /** Only the first half of a pass: the strategies' own records move, and no replica is added. */
  void advance() {
    pass().advances().forEach(this::add);
  }

  private Reconciliation pass() {
    return context.rules().reconciler().reconcile(context.situation(live()));
  }

  private static Set<ReplicaId> realized(ClusterState.Live state) {
    return state.replicas().stream()
        .filter(Steady::isSteady)
        .map(Replica::id)
        .collect(Collectors.toSet());
  }

  private void add(ReplicaDecision.Add addition) {
    add(
        new ReplicaAdded(
            nextId(),
            addition.name(),
            addition.shape().size(),
            price(addition.shape().size()),
            addition.zone(),
            false,
            addition.shape().settings(),
            false,
            Optional.empty(),
            addition.reason()));
  }

  /** Adds a replica that a user asked for by name. */
  void add(ReplicaPlan plan) {
    String zone =
        plan.availabilityZone()
            .orElseGet(
                () ->
                    Placement.choose(
                        context.rules().zones().candidates(List.of(), context.id()),
                        this::replicasIn,
                        context.rules().load()));
    add(
        new ReplicaAdded(
            nextId(),
            plan.name(),
            plan.size(),
            price(plan.billedAs().orElse(plan.size())),
            zone,
            plan.availabilityZone().isPresent(),
            plan.settings(),
            plan.internal(),
            plan.billedAs(),
            context.occasion()));
  }

  private ReplicaId nextId() {
    return ReplicaId.of(context.id(), live().lastReplicaNumber() + 1);
  }

  private BigDecimal price(String size) {
    return context
        .rules()
        .sizes()
        .find(size)
        .map(ReplicaSize::creditsPerHour)
        .orElseThrow(() -> new RejectedException(new Rejection.SizeUnknown(size)));
  }

  private int replicasIn(String zone) {
    return (int) live().replicas().stream().filter(r -> r.zone().equals(zone)).count();
  }
}

package dev.muster.actors.cluster;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.placement.Claim;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.Place;
import dev.muster.actors.placement.Placement;
import dev.muster.actors.reconcile.HydrationBurst;
import dev.muster.actors.reconcile.Reconciliation;
import dev.muster.actors.reconcile.ReplicaDecision;
import dev.muster.actors.reconcile.Steady;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.CommentChanged;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaWaiting;
import dev.muster.journal.event.Reason;
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
  private final ClusterState before;
  private ClusterState state;
  private Fleet fleet;

  Draft(ClusterState state, ClusterContext context) {
    this.before = state;
    this.state = state;
    this.context = context;
    this.fleet = context.rules().fleet();
  }

  /** What goes gives its place back. */
  void add(ClusterEvent event) {
    state = state.evolve(context.now(), event);
    events.add(event);
    if (event instanceof ReplicaDropped dropped) {
      fleet = fleet.without(dropped.id());
    } else if (event instanceof ReconfigurationFinished cutOver) {
      cutOver.retired().forEach(retired -> fleet = fleet.without(retired));
    }
  }

  /** What several steps of one decision lead to is said once. */
  void notice(Notice notice) {
    if (!notices.contains(notice)) {
      notices.add(notice);
    }
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

  /** Whether some of these replicas are dropped that were not lost, and new ones are added. */
  boolean replaces(Supplier<? extends Collection<ReplicaId>> replicas) {
    if (replicasAdded() == 0 || !dropsReplicas()) {
      return false;
    }
    Collection<ReplicaId> replaceable = replicas.get();
    return events.stream()
        .anyMatch(
            event ->
                event instanceof ReplicaDropped dropped
                    && dropped.reason() != Reason.ZONE_REPAIR
                    && replaceable.contains(dropped.id()));
  }

  int replicasAdded() {
    return (int) events.stream().filter(ReplicaAdded.class::isInstance).count();
  }

  Decision<ClusterEvent> accept() {
    if (before instanceof ClusterState.Live was && state instanceof ClusterState.Live is) {
      was.replicas().forEach(replica -> keepComment(replica, is));
    }
    return new Decision.Accepted<>(events, notices);
  }

  /** What was said of a replica is said of the one that has its name now, if it had to go. */
  private void keepComment(Replica gone, ClusterState.Live after) {
    if (gone.comment().isPresent()
        && after.replicas().stream().noneMatch(replica -> replica.id().equals(gone.id()))) {
      after
          .replica(gone.name())
          .filter(successor -> successor.comment().isEmpty())
          .ifPresent(
              successor -> add(new CommentChanged(Optional.of(successor.id()), gone.comment())));
    }
  }

  /** One pass of the kernel over the state so far, and a look for places. */
  void reconcile() {
    if (live().managed().isPresent()) {
      keep();
    }
    PlaceSearch.run(this);
  }

  private void keep() {
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

  /** Whether a replica is where it cannot come back. */
  boolean isLost(Replica replica) {
    return context.situation(live(), fleet).isLost(replica);
  }

  private Reconciliation pass() {
    return context.rules().reconciler().reconcile(context.situation(live(), fleet));
  }

  private static Set<ReplicaId> realized(ClusterState.Live state) {
    return state.replicas().stream()
        .filter(Steady::isSteady)
        .map(Replica::id)
        .collect(Collectors.toSet());
  }

  private void add(ReplicaDecision.Add addition) {
    String size = addition.shape().size();
    add(
        new ReplicaAdded(
            nextId(),
            addition.name(),
            size,
            price(size),
            addition.place().zone(),
            false,
            addition.shape().settings(),
            false,
            Optional.empty(),
            addition.reason()),
        addition.place());
  }

  /** Adds a replica that a user asked for by name. */
  void add(ReplicaPlan plan) {
    Place place = place(plan.size(), plan.availabilityZone().map(List::of).orElse(List.of()));
    add(
        new ReplicaAdded(
            nextId(),
            plan.name(),
            plan.size(),
            price(plan.billedAs().orElse(plan.size())),
            place.zone(),
            plan.availabilityZone().isPresent(),
            plan.settings(),
            plan.internal(),
            plan.billedAs(),
            context.occasion()),
        place);
  }

  /** Another one in place of a replica that is lost with its zone. */
  void replace(Replica lost, Place.At place) {
    add(new ReplicaDropped(lost.id(), Reason.ZONE_REPAIR));
    add(
        new ReplicaAdded(
            nextId(),
            lost.name(),
            lost.size(),
            lost.creditsPerHour(),
            place.zone(),
            lost.zonePinned(),
            lost.settings(),
            lost.internal(),
            lost.billedAs(),
            Reason.ZONE_REPAIR),
        place);
  }

  /** It has its place, or it waits for one. */
  private void add(ReplicaAdded added, Place place) {
    add(added);
    switch (place) {
      case Place.At at -> claim(added.id(), added.size(), at);
      case Place.Waits waits -> {
        add(new ReplicaWaiting(added.id(), waits.why()));
        notice(new Notice.ReplicaWaits(added.name(), waits.why()));
      }
    }
  }

  /** Where one more replica would go, as things are by now. */
  Place place(String size, List<String> availabilityZones) {
    return Placement.place(
        context.rules().zones().order(availabilityZones, context.id()),
        context.rules().zones(),
        fleet,
        context.rules().demand(size),
        this::replicasIn);
  }

  void claim(ReplicaId id, String size, Place.At place) {
    fleet = fleet.with(new Claim(id, place.host(), context.rules().demand(size)));
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
    return (int)
        live().replicas().stream()
            .filter(replica -> replica.waiting().isEmpty() && replica.zone().equals(zone))
            .count();
  }
}

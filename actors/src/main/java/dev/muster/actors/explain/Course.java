package dev.muster.actors.explain;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterPass;
import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.placement.Claim;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.placement.Zones;
import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.PlannedRename;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.journal.codec.ClusterEventTypes;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One way that a cluster may go on from a state: what happens in it step by step, and the phases
 * that come of that. From one state several courses may be followed.
 */
final class Course {
  private static final ReplicaFailure HOST_LOST =
      new ReplicaFailure(ReplicaFailure.Kind.HOST_LOST, Optional.empty());

  private final String name;
  private final ClusterId id;
  private final List<Phase> phases = new ArrayList<>();
  private ClusterRules rules;
  private HybridTime now;
  private ClusterState state;
  private boolean interrupted;

  private Course(
      String name, ClusterId id, ClusterState state, HybridTime now, ClusterRules rules) {
    this.name = name;
    this.id = id;
    this.state = state;
    this.now = now;
    this.rules = rules;
  }

  /**
   * @param name what the cluster is called
   */
  static Course from(String name, ClusterState state, ClusterContext context) {
    return new Course(name, context.id(), state, context.now(), context.rules());
  }

  /** Another course from where this one is now, of which nothing has happened yet. */
  Course branch() {
    return new Course(name, id, state, now, rules);
  }

  ClusterState state() {
    return state;
  }

  List<Phase> phases() {
    return List.copyOf(phases);
  }

  /** Whether it left the cluster without a replica that serves, at one moment at least. */
  boolean interrupted() {
    return interrupted;
  }

  /** Time passes. */
  void passes(Instant until) {
    if (until.isAfter(now.instant())) {
      now = HybridTime.ofEpochMilli(until.toEpochMilli(), 0);
    }
  }

  /** These events happen in one write; nothing happens where there are none. */
  void happens(Moment moment, List<ClusterEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    Map<ReplicaId, Replica> old = replicas(state);
    events.forEach(this::evolve);
    Map<ReplicaId, Replica> changed = replicas(state);
    boolean served = old.values().stream().anyMatch(Replica::serves);
    interrupted |= served && changed.values().stream().noneMatch(Replica::serves);
    phases.add(
        new Phase(
            moment,
            events.stream().map(Course::type).toList(),
            missing(changed, old),
            missing(old, changed),
            renamed(old, changed),
            credits(state)));
    rules = rules.withFleet(rules.zones(), placed(old, changed), rules.demand());
  }

  /** What the kernel would do now by itself. */
  List<ClusterEvent> pass() {
    return ClusterPass.decide(state, new ClusterContext(id, now, Origin.SYSTEM, rules));
  }

  /** What the kernel does right after a write, where it has more to do than the write did. */
  List<ClusterEvent> follow() {
    return state instanceof ClusterState.Live live && ClusterPass.follows(live)
        ? pass()
        : List.of();
  }

  /** What runs in a zone ends with it. */
  void loses(String zone) {
    boolean served = replicas(state).values().stream().anyMatch(Replica::serves);
    for (Replica replica : replicas(state).values()) {
      if (replica.zone().equals(zone) && replica.serves()) {
        evolve(new ReplicaFailed(replica.id(), replica.progress().incarnation(), HOST_LOST, 1));
      }
    }
    interrupted |= served && replicas(state).values().stream().noneMatch(Replica::serves);
  }

  /** All goes well: whatever does not serve starts and hydrates. */
  void hydrate() {
    for (Replica replica : replicas(state).values()) {
      if (!replica.serves()) {
        long incarnation = replica.progress().incarnation() + 1;
        evolve(new ReplicaStarted(replica.id(), incarnation, "", 0));
        evolve(new ReplicaHydrated(replica.id(), incarnation, Duration.ZERO, 0, 0, 0));
      }
    }
  }

  /** There is room everywhere from now on. */
  void makeRoom() {
    rules = rules.withFleet(Zones.of(rules.zones().configured()), Fleet.UNBOUNDED, rules.demand());
  }

  boolean waits() {
    return replicas(state).values().stream().anyMatch(replica -> replica.waiting().isPresent());
  }

  private void evolve(ClusterEvent event) {
    state = state.evolve(now, event);
  }

  private static String type(ClusterEvent event) {
    return ClusterEventTypes.TABLE.stream()
        .filter(type -> type.javaType() == event.getClass())
        .map(type -> type.id())
        .findFirst()
        .orElseThrow();
  }

  /** Who came has taken its place on a host, as placement picks one, and who went gave it back. */
  private Fleet placed(Map<ReplicaId, Replica> old, Map<ReplicaId, Replica> changed) {
    Fleet fleet = rules.fleet();
    for (ReplicaId gone : old.keySet()) {
      fleet = changed.containsKey(gone) ? fleet : fleet.without(gone);
    }
    for (Replica replica : changed.values()) {
      boolean comes = !old.containsKey(replica.id()) && replica.waiting().isEmpty();
      fleet = comes ? claimed(fleet, replica) : fleet;
    }
    return fleet;
  }

  private Fleet claimed(Fleet fleet, Replica replica) {
    Resources demand =
        rules.sizes().find(replica.size()).map(rules.demand()::of).orElse(Resources.NONE);
    return fleet
        .roomiest(replica.zone(), demand)
        .map(host -> fleet.with(new Claim(replica.id(), host.name(), demand)))
        .orElse(fleet);
  }

  static Map<ReplicaId, Replica> replicas(ClusterState state) {
    Map<ReplicaId, Replica> byId = new LinkedHashMap<>();
    if (state instanceof ClusterState.Live live) {
      live.replicas().forEach(replica -> byId.put(replica.id(), replica));
    }
    return byId;
  }

  static BigDecimal credits(ClusterState state) {
    return replicas(state).values().stream()
        .map(Replica::creditsPerHour)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private List<PlannedReplica> missing(
      Map<ReplicaId, Replica> these, Map<ReplicaId, Replica> among) {
    return these.values().stream()
        .filter(replica -> !among.containsKey(replica.id()))
        .map(
            replica ->
                new PlannedReplica(
                    name,
                    replica.name(),
                    replica.size(),
                    replica.zone(),
                    replica.creditsPerHour(),
                    replica.waiting()))
        .toList();
  }

  private List<PlannedRename> renamed(Map<ReplicaId, Replica> old, Map<ReplicaId, Replica> now) {
    return now.values().stream()
        .filter(replica -> old.containsKey(replica.id()))
        .filter(replica -> !old.get(replica.id()).name().equals(replica.name()))
        .map(replica -> new PlannedRename(name, old.get(replica.id()).name(), replica.name()))
        .toList();
  }
}

package dev.muster.actors.explain;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterPass;
import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.cluster.CreditLimit;
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
import dev.muster.journal.event.ClusterEvent.ReplicaPlaced;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaWait;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One way that a cluster may go on from a state: what happens in it step by step, and the phases
 * that come of that. From one state several courses may be followed.
 */
final class Course {
  private static final ReplicaFailure HOST_LOST =
      new ReplicaFailure(ReplicaFailure.Kind.HOST_LOST, Optional.empty());

  private final String name;
  private final ClusterId id;
  private final List<Step> steps = new ArrayList<>();
  private final Map<ReplicaId, List<String>> otherZones = new HashMap<>();
  private Map<String, Set<String>> open = Map.of();
  private Set<ReplicaId> returning = Set.of();
  private ClusterRules rules;
  private boolean roomy;
  private HybridTime now;
  private ClusterState state;
  private boolean interrupted;

  /**
   * A phase.
   *
   * @param order of the phases that several clusters go through side by side; the same where they
   *     happen at the same time
   */
  record Step(int order, Phase phase) {}

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
    Course branch = new Course(name, id, state, now, rules);
    branch.otherZones.putAll(otherZones);
    return branch;
  }

  /**
   * What others have left of the hosts; of no account where there is room everywhere.
   *
   * @return this
   */
  Course sees(Fleet fleet) {
    rules = roomy ? rules : rules.withFleet(rules.zones(), fleet, rules.demand());
    return this;
  }

  /** What this one leaves of it. */
  Fleet leaves(Fleet seen) {
    return roomy ? seen : rules.fleet();
  }

  /**
   * The zones in which replicas may find their places in the next phase, by the replica's name:
   * more than one where that depends on who comes first.
   */
  void mayFind(Map<String, Set<String>> zones) {
    open = zones;
  }

  ClusterState state() {
    return state;
  }

  List<Step> steps() {
    return List.copyOf(steps);
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

  /**
   * What stands in a zone that comes back, since it may be nowhere else or found no room there,
   * starts again with what happens next.
   */
  void regains(String zone) {
    returning =
        replicas(state).values().stream()
            .filter(replica -> replica.zone().equals(zone) && replica.waiting().isEmpty())
            .filter(replica -> !replica.serves())
            .map(Replica::id)
            .collect(Collectors.toSet());
  }

  /** These events happen in one write; nothing happens where there are none. */
  void happens(int order, Moment moment, List<ClusterEvent> events) {
    if (events.isEmpty() && returning.isEmpty()) {
      return;
    }
    Map<ReplicaId, Replica> old = replicas(state);
    events.forEach(this::evolve);
    Map<ReplicaId, Replica> changed = replicas(state);
    boolean served = old.values().stream().anyMatch(Replica::serves);
    interrupted |= served && !serves();
    List<Replica> seated = seated(old, changed);
    seated.forEach(this::noteOtherZones);
    open = Map.of();
    steps.add(
        new Step(
            order,
            new Phase(
                moment,
                events.stream().map(Course::type).toList(),
                missing(changed, old),
                changed.values().stream()
                    .filter(replica -> old.containsKey(replica.id()))
                    .filter(replica -> seated.contains(replica) || isBack(replica))
                    .map(this::planned)
                    .toList(),
                missing(old, changed),
                renamed(old, changed),
                credits(state))));
    returning = Set.of();
    rules = rules.withFleet(rules.zones(), placed(old, changed, seated), rules.demand());
  }

  private boolean isBack(Replica replica) {
    return returning.contains(replica.id()) && replica.waiting().isEmpty();
  }

  /** Who has a place and had none, since he was not there or has waited for it. */
  private static List<Replica> seated(
      Map<ReplicaId, Replica> old, Map<ReplicaId, Replica> changed) {
    return changed.values().stream()
        .filter(replica -> replica.waiting().isEmpty())
        .filter(
            replica ->
                !old.containsKey(replica.id()) || old.get(replica.id()).waiting().isPresent())
        .toList();
  }

  private void noteOtherZones(Replica replica) {
    Set<String> others = new TreeSet<>(open.getOrDefault(replica.name(), Set.of()));
    others.remove(replica.zone());
    otherZones.put(replica.id(), List.copyOf(others));
  }

  /** What the kernel would do now by itself. */
  List<ClusterEvent> pass() {
    return ClusterPass.decide(state, context(Origin.SYSTEM));
  }

  /** In which somebody decides now. */
  ClusterContext context(Origin by) {
    return new ClusterContext(id, now, by, rules);
  }

  /** What the kernel does right after a write, where it has more to do than the write did. */
  List<ClusterEvent> follow() {
    return state instanceof ClusterState.Live live && ClusterPass.follows(live)
        ? pass()
        : List.of();
  }

  /**
   * What runs in a zone ends with it.
   *
   * @return whether there was anything
   */
  boolean loses(String zone) {
    boolean served = serves();
    boolean any = false;
    for (Replica replica : replicas(state).values()) {
      if (replica.zone().equals(zone) && replica.waiting().isEmpty()) {
        any = true;
        if (replica.serves()) {
          evolve(new ReplicaFailed(replica.id(), replica.progress().incarnation(), HOST_LOST, 1));
        }
      }
    }
    interrupted |= served && !serves();
    return any;
  }

  private boolean serves() {
    return replicas(state).values().stream().anyMatch(Replica::serves);
  }

  /** All goes well: whatever does not serve, and has a place, starts and hydrates. */
  void hydrate() {
    for (Replica replica : replicas(state).values()) {
      if (!replica.serves() && (roomy || !lacksPlace(replica))) {
        long incarnation = replica.progress().incarnation() + 1;
        evolve(new ReplicaStarted(replica.id(), incarnation, "", 0));
        evolve(new ReplicaHydrated(replica.id(), incarnation, Duration.ZERO, 0, 0, 0));
      }
    }
  }

  /** There is room everywhere from now on; and all zones are back, where that is waited for. */
  void makeRoom() {
    boolean zonesBack = replicas(state).values().stream().anyMatch(this::lacksZone);
    Zones zones = zonesBack ? Zones.of(rules.zones().configured()) : rules.zones();
    rules = rules.withFleet(zones, Fleet.UNBOUNDED, rules.demand());
    roomy = true;
  }

  /** Where those that wait may get their places, by name: it depends on where there is room. */
  Map<String, Set<String>> places() {
    Map<ReplicaId, Replica> all = replicas(state);
    Map<String, Set<String>> places = new TreeMap<>();
    for (String zone : rules.zones().usable()) {
      ClusterRules only =
          rules.withFleet(
              new Zones(rules.zones().configured(), Set.of(zone)), Fleet.UNBOUNDED, rules.demand());
      for (ClusterEvent event :
          ClusterPass.decide(state, new ClusterContext(id, now, Origin.SYSTEM, only))) {
        if (event instanceof ReplicaPlaced placed) {
          places
              .computeIfAbsent(all.get(placed.id()).name(), ignored -> new TreeSet<>())
              .add(placed.zone());
        }
      }
    }
    return places;
  }

  /** Whether a replica waits for a place, or stays in a zone that is lost for want of another. */
  boolean waits() {
    return replicas(state).values().stream().anyMatch(this::lacksPlace);
  }

  private boolean lacksPlace(Replica replica) {
    return replica.waiting().isPresent() || rules.zones().isLost(replica.zone());
  }

  private boolean lacksZone(Replica replica) {
    return replica
        .waiting()
        .map(why -> why.kind() == ReplicaWait.Kind.ZONE_LOST)
        .orElseGet(() -> rules.zones().isLost(replica.zone()));
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
  private Fleet placed(
      Map<ReplicaId, Replica> old, Map<ReplicaId, Replica> changed, List<Replica> seated) {
    Fleet fleet = rules.fleet();
    for (ReplicaId gone : old.keySet()) {
      fleet = changed.containsKey(gone) ? fleet : fleet.without(gone);
    }
    for (Replica replica : seated) {
      fleet = claimed(fleet, replica);
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
    return CreditLimit.rate(state);
  }

  private List<PlannedReplica> missing(
      Map<ReplicaId, Replica> these, Map<ReplicaId, Replica> among) {
    return these.values().stream()
        .filter(replica -> !among.containsKey(replica.id()))
        .map(this::planned)
        .toList();
  }

  private PlannedReplica planned(Replica replica) {
    return new PlannedReplica(
        name,
        replica.name(),
        replica.size(),
        replica.zone(),
        otherZones.getOrDefault(replica.id(), List.of()),
        CreditLimit.charged(replica),
        replica.waiting());
  }

  private List<PlannedRename> renamed(Map<ReplicaId, Replica> old, Map<ReplicaId, Replica> now) {
    return now.values().stream()
        .filter(replica -> old.containsKey(replica.id()))
        .filter(replica -> !old.get(replica.id()).name().equals(replica.name()))
        .map(replica -> new PlannedRename(name, old.get(replica.id()).name(), replica.name()))
        .toList();
  }
}

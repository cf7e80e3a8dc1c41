package dev.muster.actors.explain;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterDecider;
import dev.muster.actors.cluster.ClusterPass;
import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.environment.EnvironmentContext;
import dev.muster.actors.environment.EnvironmentDecider;
import dev.muster.actors.host.HostLedger;
import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.journal.codec.ClusterEventTypes;
import dev.muster.journal.codec.EnvironmentEventTypes;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropStarted;
import dev.muster.journal.event.EnvironmentEvent.ReplicaDropFinished;
import dev.muster.journal.event.EnvironmentEvent.ReplicaDropStarted;
import dev.muster.journal.event.EnvironmentEvent.RoleCreated;
import dev.muster.journal.event.EnvironmentEvent.ZoneBroughtBack;
import dev.muster.journal.event.EnvironmentEvent.ZoneTakenOut;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An environment and its clusters, in which commands are carried out as in the running system. */
final class SmallWorld {
  static final HybridTime NOW = HybridTime.ofEpochMilli(9, 0);
  static final Origin ALICE =
      new Origin("materialize", Optional.empty(), Optional.empty(), Optional.empty());
  static final List<String> ZONES = List.of("az1", "az2", "az3");

  /** Room for so many small replicas is enough for all of a test. */
  static final long ENOUGH = 1000;

  private static final int ROUNDS_MAX = 20;
  private static final int ATTEMPTS = 4;
  private static final ReplicaFailure HOST_LOST =
      new ReplicaFailure(ReplicaFailure.Kind.HOST_LOST, Optional.empty());

  private final List<HostLoad> hosts;
  private final HostLedger ledger;
  private EnvironmentState environment =
      EnvironmentState.EMPTY.evolve(NOW, new RoleCreated("u1", "materialize", true, true, true));
  private final TreeMap<ClusterId, ClusterState> clusters = new TreeMap<>();
  private final List<String> happened = new ArrayList<>();

  /**
   * The chance that decides who is faster where several clusters act at the same time.
   *
   * @param order who writes first
   * @param late who has looked at the hosts before anybody wrote
   */
  record Chance(long order, long late) {
    static final Chance NONE = new Chance(0, 0);

    /** As they are told. */
    List<ClusterId> ordered(Collection<ClusterId> ids) {
      List<ClusterId> some = new ArrayList<>(ids);
      if (order != 0) {
        Collections.shuffle(some, new Random(order));
      }
      return some;
    }

    boolean isLate(ClusterId id) {
      return (late >> id.number() % Long.SIZE & 1) == 1;
    }
  }

  /** Hosts are not told apart. */
  SmallWorld() {
    this(List.of());
  }

  /**
   * @param hosts one for each zone, or none where they are not told apart
   */
  SmallWorld(List<HostLoad> hosts) {
    this.hosts = hosts;
    this.ledger =
        hosts.isEmpty()
            ? HostLedger.unbounded(ZONES, Sizes.GRADED)
            : new HostLedger(ZONES, hosts, Sizes.GRADED, Demand.NOMINAL);
  }

  /** A host for each zone that has room for so many replicas of size small. */
  static List<HostLoad> hostsForSmallOnes(long count) {
    Resources small = Demand.NOMINAL.of(Sizes.GRADED.find("small").orElseThrow());
    Resources room = new Resources(count * small.cpuNanoCores(), count * small.memoryBytes());
    return ZONES.stream().map(zone -> HostLoad.idle(zone + "@here", zone, room)).toList();
  }

  /** Whether no host can ever be full. */
  boolean hasEnoughRoom() {
    return hosts.isEmpty() || hosts.equals(hostsForSmallOnes(ENOUGH));
  }

  SmallWorld copy() {
    SmallWorld copy = new SmallWorld(hosts);
    copy.environment = environment;
    copy.clusters.putAll(clusters);
    copy.clusters.keySet().forEach(copy::settle);
    copy.ledger.takeOut(environment.zoneOutages(), 0);
    return copy;
  }

  EnvironmentState environment() {
    return environment;
  }

  ClusterRules rules() {
    return rules(ledger.zones(), ledger.fleet());
  }

  private ClusterRules rules(Zones zones, Fleet fleet) {
    return ClusterRules.of(Sizes.GRADED, zones, 5).withFleet(zones, fleet, ledger.demand());
  }

  Explainer explainer() {
    return new Explainer(
        environment,
        this::cluster,
        NOW,
        ALICE,
        rules(),
        zonesOut -> {
          HostLedger.InService then = ledger.without(zonesOut);
          return rules(then.zones(), then.fleet());
        });
  }

  private ClusterState cluster(ClusterId id) {
    return clusters.getOrDefault(id, new ClusterState.Absent());
  }

  /** The types of all events since it was copied. */
  List<String> happened() {
    return List.copyOf(happened);
  }

  Map<ReplicaId, Replica> replicas() {
    return clusters.values().stream()
        .flatMap(state -> Course.replicas(state).values().stream())
        .collect(Collectors.toMap(Replica::id, replica -> replica));
  }

  /** The zone of each replica, by {@code cluster.replica}. */
  Map<String, String> zones() {
    Map<String, String> zones = new TreeMap<>();
    clusters.forEach(
        (id, state) ->
            Course.replicas(state)
                .values()
                .forEach(one -> zones.put(name(id) + "." + one.name(), one.zone())));
    return zones;
  }

  String name(ClusterId id) {
    return environment.cluster(id).map(ClusterEntry::name).orElse(id.value());
  }

  /** Carries out what has to be accepted, and lets all go well after it. */
  void done(EnvironmentCommand command) {
    switch (EnvironmentDecider.decide(
        environment, command, new EnvironmentContext(NOW, ALICE, rules()))) {
      case Decision.Rejected<EnvironmentEvent> rejected ->
          throw new AssertionError(rejected.toString());
      case Decision.Accepted<EnvironmentEvent> accepted -> {
        if (!carryOut(accepted.events(), Chance.NONE)) {
          throw new AssertionError("refused by a cluster: " + command);
        }
      }
    }
    settle();
  }

  /** Carries out what a cluster has to accept; nothing that is new in it has hydrated yet. */
  void begun(String cluster, ClusterCommand command) {
    ClusterId id =
        clusters.keySet().stream()
            .filter(one -> name(one).equals(cluster))
            .findFirst()
            .orElseThrow();
    switch (ClusterDecider.decide(
        cluster(id), command, new ClusterContext(id, NOW, ALICE, rules()))) {
      case Decision.Rejected<ClusterEvent> rejected ->
          throw new AssertionError(rejected.toString());
      case Decision.Accepted<ClusterEvent> accepted -> {
        ledger.take(id, cluster(id), accepted.events());
        accepted.events().forEach(event -> happens(id, event));
        settle(id);
      }
    }
  }

  /**
   * Carries out what the environment has decided, to its end.
   *
   * @return false where a cluster refuses its part
   */
  boolean carryOut(List<EnvironmentEvent> decided, Chance chance) {
    return decided.stream().allMatch(event -> carryOut(event, chance));
  }

  private boolean carryOut(EnvironmentEvent event, Chance chance) {
    happens(event);
    return switch (event) {
      case ClusterCreationStarted created ->
          tell(
              created.id(),
              new ClusterCommand.Create(created.configuration(), created.replicas()),
              new ClusterCreationFinished(created.id()));
      case ClusterDropStarted drop ->
          drop.ids().stream()
              .allMatch(id -> tell(id, new ClusterCommand.Drop(), new ClusterDropFinished(id)));
      case ReplicaDropStarted drop ->
          drop.ids().stream().collect(Collectors.groupingBy(ReplicaId::cluster)).entrySet().stream()
              .allMatch(
                  of ->
                      tell(
                          of.getKey(),
                          new ClusterCommand.DropReplicasById(of.getValue()),
                          new ReplicaDropFinished(of.getValue())));
      case ZoneTakenOut out -> {
        clusters.keySet().forEach(id -> lose(id, out.zone()));
        rezone(chance);
        yield true;
      }
      case ZoneBroughtBack ignored -> {
        rezone(chance);
        yield true;
      }
      case EnvironmentEvent.SystemParameterChanged ignored -> true;
      case EnvironmentEvent.ChainsCheckpointed ignored -> true;
      case EnvironmentEvent.EnvironmentInitialized ignored -> true;
      case ClusterCreationFinished ignored -> true;
      case ClusterDropFinished ignored -> true;
      case ReplicaDropFinished ignored -> true;
      case EnvironmentEvent.ClusterNamesChanged ignored -> true;
      case EnvironmentEvent.ClusterOwnerChanged ignored -> true;
      case RoleCreated ignored -> true;
      case EnvironmentEvent.RoleCommentChanged ignored -> true;
    };
  }

  /** All clusters are told to look again, and each does so when it comes to it. */
  private void rezone(Chance chance) {
    ledger.takeOut(environment.zoneOutages(), 0);
    Fleet early = ledger.fleet();
    for (ClusterId id : chance.ordered(clusters.keySet())) {
      pass(id, chance.isLate(id) ? early : ledger.fleet());
    }
  }

  private boolean tell(ClusterId id, ClusterCommand command, EnvironmentEvent finished) {
    ClusterContext context = new ClusterContext(id, NOW, ALICE, rules());
    return switch (ClusterDecider.decide(cluster(id), command, context)) {
      case Decision.Rejected<ClusterEvent> ignored -> false;
      case Decision.Accepted<ClusterEvent> accepted -> {
        ledger.take(id, cluster(id), accepted.events());
        accepted.events().forEach(event -> happens(id, event));
        settle(id);
        happens(finished);
        yield true;
      }
    };
  }

  /** What runs in a zone ends with it; the supervisors report it, which no plan lists. */
  private void lose(ClusterId id, String zone) {
    for (Replica replica : Course.replicas(cluster(id)).values()) {
      if (replica.zone().equals(zone) && replica.serves()) {
        long incarnation = replica.progress().incarnation();
        evolve(id, new ClusterEvent.ReplicaFailed(replica.id(), incarnation, HOST_LOST, 1));
      }
    }
  }

  private boolean pass(ClusterId id) {
    return pass(id, ledger.fleet());
  }

  /** What it decides on the hosts as it saw them; anew where there is no room for that any more. */
  private boolean pass(ClusterId id, Fleet seen) {
    List<ClusterEvent> events = decide(id, seen);
    for (int attempt = 1; attempt < ATTEMPTS && !ledger.take(id, cluster(id), events); attempt++) {
      events = decide(id, ledger.fleet());
    }
    events.forEach(event -> happens(id, event));
    settle(id);
    return !events.isEmpty();
  }

  private List<ClusterEvent> decide(ClusterId id, Fleet seen) {
    return ClusterPass.decide(
        cluster(id), new ClusterContext(id, NOW, Origin.SYSTEM, rules(ledger.zones(), seen)));
  }

  private void settle(ClusterId id) {
    ledger.settle(id, cluster(id), 0, () -> {});
  }

  /** All goes well, again and again, until nothing more happens. */
  void settle() {
    boolean more = true;
    for (int round = 0; more; round++) {
      if (round == ROUNDS_MAX) {
        throw new AssertionError("never settles: " + clusters);
      }
      replicas().values().stream().filter(one -> !one.serves()).forEach(this::hydrate);
      more = clusters.keySet().stream().filter(this::pass).count() > 0;
    }
  }

  private void hydrate(Replica replica) {
    // What waits for a place, or is in a zone that is out, cannot.
    if (replica.waiting().isEmpty() && ledger.zones().isUsable(replica.zone())) {
      ClusterId id = replica.id().cluster();
      long incarnation = replica.progress().incarnation() + 1;
      evolve(id, new ClusterEvent.ReplicaStarted(replica.id(), incarnation, "h", 1));
      evolve(
          id, new ClusterEvent.ReplicaHydrated(replica.id(), incarnation, Duration.ZERO, 1, 1, 1));
    }
  }

  private void evolve(ClusterId id, ClusterEvent event) {
    clusters.put(id, cluster(id).evolve(NOW, event));
  }

  private void happens(ClusterId id, ClusterEvent event) {
    evolve(id, event);
    happened.add(
        ClusterEventTypes.TABLE.stream()
            .filter(type -> type.javaType() == event.getClass())
            .findFirst()
            .orElseThrow()
            .id());
  }

  private void happens(EnvironmentEvent event) {
    environment = environment.evolve(NOW, event);
    happened.add(
        EnvironmentEventTypes.TABLE.stream()
            .filter(type -> type.javaType() == event.getClass())
            .findFirst()
            .orElseThrow()
            .id());
  }
}

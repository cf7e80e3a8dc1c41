package dev.muster.actors.explain;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterDecider;
import dev.muster.actors.cluster.ClusterPass;
import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.ClusterCommand;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An environment and its clusters, in which commands are carried out as in the running system. */
final class SmallWorld {
  static final HybridTime NOW = HybridTime.ofEpochMilli(9, 0);
  static final Origin ALICE =
      new Origin("materialize", Optional.empty(), Optional.empty(), Optional.empty());

  private static final List<String> ZONES = List.of("az1", "az2", "az3");
  private static final int ROUNDS_MAX = 20;
  private static final ReplicaFailure HOST_LOST =
      new ReplicaFailure(ReplicaFailure.Kind.HOST_LOST, Optional.empty());

  private EnvironmentState environment =
      EnvironmentState.EMPTY.evolve(NOW, new RoleCreated("u1", "materialize", true, true, true));
  private final TreeMap<ClusterId, ClusterState> clusters = new TreeMap<>();
  private final Set<String> usable = new HashSet<>(ZONES);
  private final List<String> happened = new ArrayList<>();

  SmallWorld copy() {
    SmallWorld copy = new SmallWorld();
    copy.environment = environment;
    copy.clusters.putAll(clusters);
    copy.usable.retainAll(usable);
    return copy;
  }

  EnvironmentState environment() {
    return environment;
  }

  ClusterRules rules() {
    return ClusterRules.of(Sizes.CATALOGUE, new Zones(ZONES, usable), 5);
  }

  Explainer explainer() {
    return new Explainer(environment, this::cluster, NOW, ALICE, rules());
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

  private String name(ClusterId id) {
    return environment.cluster(id).map(ClusterEntry::name).orElse(id.value());
  }

  /**
   * Carries out what the environment has decided, to its end.
   *
   * @return false where a cluster refuses its part
   */
  boolean carryOut(List<EnvironmentEvent> decided) {
    return decided.stream().allMatch(this::carryOut);
  }

  private boolean carryOut(EnvironmentEvent event) {
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
        usable.remove(out.zone());
        clusters.keySet().forEach(id -> lose(id, out.zone()));
        clusters.keySet().forEach(this::pass);
        yield true;
      }
      case ZoneBroughtBack back -> {
        usable.add(back.zone());
        clusters.keySet().forEach(this::pass);
        yield true;
      }
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

  private boolean tell(ClusterId id, ClusterCommand command, EnvironmentEvent finished) {
    ClusterContext context = new ClusterContext(id, NOW, ALICE, rules());
    return switch (ClusterDecider.decide(cluster(id), command, context)) {
      case Decision.Rejected<ClusterEvent> ignored -> false;
      case Decision.Accepted<ClusterEvent> accepted -> {
        accepted.events().forEach(event -> happens(id, event));
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
    ClusterContext context = new ClusterContext(id, NOW, Origin.SYSTEM, rules());
    List<ClusterEvent> events = ClusterPass.decide(cluster(id), context);
    events.forEach(event -> happens(id, event));
    return !events.isEmpty();
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
    if (replica.waiting().isEmpty() && usable.contains(replica.zone())) {
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

package dev.muster.actors.replay;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterDecider;
import dev.muster.actors.cluster.ClusterPass;
import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.cluster.CreditLimit;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.environment.EnvironmentContext;
import dev.muster.actors.environment.EnvironmentDecider;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.Muster;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.api.catalog.ReplicaObservation.Consumption;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.api.command.Reply;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
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
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The real deciders behind the client's interface, without actors, a journal or time. */
final class PureMuster implements Muster {
  private static final List<String> ZONES = List.of("az1", "az2", "az3");
  private static final int REPLICAS_MAX = 5;
  private static final int ROUNDS_MAX = 50;

  private final CatalogStore store = new CatalogStore();
  private final TreeMap<ClusterId, ClusterState> clusters = new TreeMap<>();
  private final Set<String> usable = new HashSet<>(ZONES);
  private EnvironmentState environment = EnvironmentState.EMPTY;
  private long clock = 1;
  private Optional<Long> peakMemoryBytes = Optional.empty();

  PureMuster() {
    happens(new EnvironmentEvent.EnvironmentInitialized("e"));
    happens(new RoleCreated("u1", "materialize", true, true, true));
    happens(new RoleCreated("u2", "joe", false, true, true));
  }

  CatalogSnapshot snapshot() {
    return store.snapshot();
  }

  /** What each replica needs from now on to hydrate. */
  void needs(long memoryBytes) {
    peakMemoryBytes = Optional.of(memoryBytes);
  }

  /** What is seen of all replicas. */
  void observe(Consumption consumption) {
    for (ClusterState state : clusters.values()) {
      if (state instanceof ClusterState.Live live) {
        for (Replica replica : live.replicas()) {
          store.publish(
              new ReplicaObservation(
                  replica.id(), Instant.ofEpochMilli(clock), 1, 1, 1, consumption));
        }
      }
    }
  }

  private ClusterRules rules() {
    return ClusterRules.of(Sizes.GRADED, new Zones(ZONES, usable), REPLICAS_MAX)
        .withCredits(CreditLimit.of(store.snapshot()));
  }

  private HybridTime now() {
    return HybridTime.ofEpochMilli(clock++, 0);
  }

  private ClusterState state(ClusterId id) {
    return clusters.getOrDefault(id, new ClusterState.Absent());
  }

  private void happens(EnvironmentEvent event) {
    environment = environment.evolve(now(), event);
    store.publish(environment, clock);
  }

  private void happens(ClusterId id, ClusterEvent event) {
    clusters.put(id, state(id).evolve(now(), event));
    store.publish(id, state(id), clock);
  }

  @Override
  public CompletionStage<Reply> environment(EnvironmentCommand command, Origin origin) {
    EnvironmentContext context = new EnvironmentContext(now(), origin, rules());
    return CompletableFuture.completedFuture(
        switch (EnvironmentDecider.decide(environment, command, context)) {
          case Decision.Rejected<EnvironmentEvent> rejected ->
              new Reply.Refused(rejected.rejection());
          case Decision.Accepted<EnvironmentEvent> accepted -> {
            Optional<Reply> refused =
                accepted.events().stream().flatMap(event -> refusal(event).stream()).findFirst();
            if (refused.isEmpty()) {
              accepted.events().forEach(this::carryOut);
            }
            yield refused.orElseGet(() -> new Reply.Done(accepted.notices()));
          }
        });
  }

  /** Of a creation that the credits do not allow: it is not even begun. */
  private Optional<Reply> refusal(EnvironmentEvent event) {
    return event instanceof ClusterCreationStarted created
            && ClusterDecider.decide(
                    new ClusterState.Absent(),
                    new ClusterCommand.Create(created.configuration(), created.replicas()),
                    new ClusterContext(created.id(), now(), Origin.SYSTEM, rules()))
                instanceof Decision.Rejected<ClusterEvent> rejected
        ? Optional.of(new Reply.Refused(rejected.rejection()))
        : Optional.empty();
  }

  private void carryOut(EnvironmentEvent event) {
    happens(event);
    switch (event) {
      case ClusterCreationStarted created -> {
        tell(
            created.id(),
            new ClusterCommand.Create(created.configuration(), created.replicas()),
            Origin.SYSTEM);
        happens(new ClusterCreationFinished(created.id()));
      }
      case ClusterDropStarted drop -> drop.ids().forEach(this::drop);
      case ReplicaDropStarted drop -> {
        drop.ids().stream()
            .collect(Collectors.groupingBy(ReplicaId::cluster))
            .forEach(
                (id, ids) -> tell(id, new ClusterCommand.DropReplicasById(ids), Origin.SYSTEM));
        happens(new ReplicaDropFinished(drop.ids()));
      }
      case ZoneTakenOut out -> usable.remove(out.zone());
      case ZoneBroughtBack back -> usable.add(back.zone());
      case EnvironmentEvent.SystemParameterChanged ignored -> {}
      case EnvironmentEvent.ChainsCheckpointed ignored -> {}
      case EnvironmentEvent.EnvironmentInitialized ignored -> {}
      case ClusterCreationFinished ignored -> {}
      case ClusterDropFinished ignored -> {}
      case ReplicaDropFinished ignored -> {}
      case EnvironmentEvent.ClusterNamesChanged ignored -> {}
      case EnvironmentEvent.ClusterOwnerChanged ignored -> {}
      case RoleCreated ignored -> {}
      case EnvironmentEvent.RoleCommentChanged ignored -> {}
    }
  }

  private void drop(ClusterId id) {
    tell(id, new ClusterCommand.Drop(), Origin.SYSTEM);
    clusters.remove(id);
    store.withdraw(id);
    happens(new ClusterDropFinished(id));
  }

  @Override
  public CompletionStage<Reply> cluster(ClusterId id, ClusterCommand command, Origin origin) {
    return CompletableFuture.completedFuture(tell(id, command, origin));
  }

  private Reply tell(ClusterId id, ClusterCommand command, Origin origin) {
    ClusterContext context = new ClusterContext(id, now(), origin, rules());
    return switch (ClusterDecider.decide(state(id), command, context)) {
      case Decision.Rejected<ClusterEvent> rejected -> new Reply.Refused(rejected.rejection());
      case Decision.Accepted<ClusterEvent> accepted -> {
        accepted.events().forEach(event -> happens(id, event));
        yield new Reply.Done(accepted.notices());
      }
    };
  }

  /** All goes well, again and again, until nothing more happens. */
  void settle() {
    boolean more = true;
    for (int round = 0; more; round++) {
      if (round == ROUNDS_MAX) {
        throw new AssertionError("never settles: " + clusters);
      }
      clusters.keySet().forEach(this::hydrate);
      more = clusters.keySet().stream().filter(this::pass).count() > 0;
    }
  }

  private boolean pass(ClusterId id) {
    List<ClusterEvent> events =
        ClusterPass.decide(state(id), new ClusterContext(id, now(), Origin.SYSTEM, rules()));
    events.forEach(event -> happens(id, event));
    return !events.isEmpty();
  }

  private void hydrate(ClusterId id) {
    if (!(state(id) instanceof ClusterState.Live live)) {
      return;
    }
    for (Replica replica : live.replicas()) {
      if (!replica.serves() && replica.waiting().isEmpty() && usable.contains(replica.zone())) {
        long incarnation = replica.progress().incarnation() + 1;
        happens(id, new ReplicaStarted(replica.id(), incarnation, "h", 1));
        happens(id, hydrated(replica, incarnation));
      }
    }
  }

  private ReplicaHydrated hydrated(Replica replica, long incarnation) {
    Optional<Long> limit =
        peakMemoryBytes.flatMap(
            peak -> Sizes.GRADED.find(replica.size()).map(ReplicaSize::memoryBytes));
    return new ReplicaHydrated(
        replica.id(),
        incarnation,
        Duration.ofSeconds(1),
        1,
        1,
        peakMemoryBytes.orElse(1L),
        limit,
        Optional.empty());
  }

  @Override
  public CompletionStage<ReconfigurationProgress> progress(
      ClusterId cluster,
      ReconfigurationHandle reconfiguration,
      Optional<ReconfigurationProgress> seen) {
    throw new UnsupportedOperationException("nobody waits here");
  }

  @Override
  public CompletionStage<Explanation> explain(EnvironmentCommand command, Origin origin) {
    throw new UnsupportedOperationException("nothing is explained here");
  }

  @Override
  public CompletionStage<Explanation> explain(
      ClusterId cluster, ClusterCommand command, Origin origin) {
    throw new UnsupportedOperationException("nothing is explained here");
  }

  @Override
  public CompletionStage<EnvironmentState> names() {
    return CompletableFuture.completedFuture(environment);
  }

  @Override
  public CompletionStage<CatalogSnapshot> catalog() {
    return CompletableFuture.completedFuture(snapshot());
  }

  @Override
  public CompletionStage<CatalogSnapshot> readable() {
    return catalog();
  }

  @Override
  public CompletionStage<CatalogSnapshot> atHand() {
    return readable();
  }
}

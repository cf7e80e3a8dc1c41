package dev.muster.actors.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.reconcile.LoadHistory;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Given commands before, when a command comes, then events, notices or a rejection. */
final class ClusterScenario {
  static final ClusterRules RULES =
      ClusterRules.of(Sizes.CATALOGUE, Zones.of(List.of("az1", "az2", "az3")), 5);

  private final ClusterId id;
  private ClusterRules rules = RULES;
  private Origin by =
      new Origin("materialize", Optional.empty(), Optional.empty(), Optional.empty());
  private ClusterState state = new ClusterState.Absent();
  private LoadHistory load = LoadHistory.NONE;
  private final Set<ReplicaId> refused = new HashSet<>();
  private Decision<ClusterEvent> decision;

  private ClusterScenario(ClusterId id) {
    this.id = id;
  }

  static ClusterScenario absent() {
    return new ClusterScenario(ClusterId.user(1));
  }

  static ClusterScenario absent(ClusterId id) {
    return new ClusterScenario(id);
  }

  static ClusterScenario given(ClusterConfiguration configuration, ReplicaPlan... replicas) {
    return absent().and(new ClusterCommand.Create(configuration, List.of(replicas)));
  }

  static ClusterScenario dropped(ClusterConfiguration configuration) {
    return given(configuration).and(new ClusterCommand.Drop());
  }

  ClusterScenario by(Origin who) {
    by = who;
    return this;
  }

  ClusterScenario underRules(ClusterRules others) {
    rules = others;
    return this;
  }

  /** How busy the replicas were until now. */
  ClusterScenario loaded(LoadHistory history) {
    load = history;
    return this;
  }

  /** A command that succeeds. */
  ClusterScenario and(ClusterCommand command) {
    when(command);
    Decision.Accepted<ClusterEvent> accepted = accepted();
    accepted.events().forEach(this::evolve);
    return this;
  }

  ClusterScenario and(ClusterEvent event) {
    evolve(event);
    return this;
  }

  private void evolve(ClusterEvent event) {
    state = state.evolve(HybridTime.ofEpochMilli(1, 0), event);
  }

  ClusterScenario when(ClusterCommand command) {
    decision =
        ClusterDecider.decide(
            state, command, new ClusterContext(id, HybridTime.ofEpochMilli(2, 0), by, rules));
    return this;
  }

  /** Nobody asks for anything; the kernel runs at a time. */
  ClusterScenario whenItIs(long epochMillis) {
    return whenItIs(epochMillis, true);
  }

  /** The same right after a recovery, when the replicas have not been found again. */
  ClusterScenario whenNobodyHasLookedAndItIs(long epochMillis) {
    return whenItIs(epochMillis, false);
  }

  private ClusterScenario whenItIs(long epochMillis, boolean found) {
    HybridTime now = HybridTime.ofEpochMilli(epochMillis, 0);
    decision =
        Decision.accepted(
            ClusterPass.decide(
                state,
                new ClusterContext(
                    id, now, Origin.SYSTEM, rules, load, found, Set.copyOf(refused))));
    return this;
  }

  /** A host has said that it has no room for the replica's next start. */
  ClusterScenario refused(String name) {
    refused.add(live().replica(name).orElseThrow().id());
    return this;
  }

  /** What was decided last has happened. */
  ClusterScenario andSo() {
    accepted().events().forEach(this::evolve);
    return this;
  }

  /** Replicas start, and hydrate. */
  ClusterScenario hydrated(String... names) {
    for (String name : names) {
      Replica replica = live().replica(name).orElseThrow();
      long incarnation = replica.progress().incarnation() + 1;
      evolve(new ClusterEvent.ReplicaStarted(replica.id(), incarnation, "host", 1));
      evolve(
          new ClusterEvent.ReplicaHydrated(
              replica.id(), incarnation, java.time.Duration.ofSeconds(1), 1, 1, 1));
    }
    return this;
  }

  /** A replica fails. */
  ClusterScenario failed(String name) {
    Replica replica = live().replica(name).orElseThrow();
    evolve(
        new ClusterEvent.ReplicaFailed(
            replica.id(),
            replica.progress().incarnation(),
            new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.empty()),
            1));
    return this;
  }

  private Decision.Accepted<ClusterEvent> accepted() {
    assertInstanceOf(Decision.Accepted.class, decision, () -> "rejected: " + decision);
    return (Decision.Accepted<ClusterEvent>) decision;
  }

  ClusterScenario thenRejected(Rejection rejection) {
    assertEquals(Decision.rejected(rejection), decision);
    return this;
  }

  ClusterScenario then(ClusterEvent... events) {
    assertEquals(List.of(events), accepted().events());
    return this;
  }

  /** The events' names, those of replicas with the replica's name. */
  ClusterScenario thenEvents(String... expected) {
    ClusterState now = state;
    StringBuilder described = new StringBuilder();
    for (ClusterEvent event : accepted().events()) {
      described.append(describe(now, event)).append('\n');
      now = now.evolve(HybridTime.ofEpochMilli(2, 0), event);
    }
    assertEquals(String.join("\n", expected), described.toString().strip(), () -> "in " + decision);
    return this;
  }

  private static String describe(ClusterState state, ClusterEvent event) {
    if (event instanceof ClusterEvent.ReplicaAdded added) {
      return "+" + added.name() + " " + added.size() + " " + added.zone();
    }
    if (event instanceof ClusterEvent.ReplicaDropped dropped) {
      return "-"
          + ((ClusterState.Live) state)
              .replicas().stream()
                  .filter(replica -> replica.id().equals(dropped.id()))
                  .map(Replica::name)
                  .collect(Collectors.joining());
    }
    return event.getClass().getSimpleName();
  }

  /** The reasons of drops and additions, in order. */
  ClusterScenario thenReasons(Reason... expected) {
    List<Reason> reasons =
        accepted().events().stream().flatMap(event -> reason(event).stream()).toList();
    assertEquals(List.of(expected), reasons);
    return this;
  }

  private static Optional<Reason> reason(ClusterEvent event) {
    if (event instanceof ClusterEvent.ReplicaAdded added) {
      return Optional.of(added.reason());
    }
    return event instanceof ClusterEvent.ReplicaDropped dropped
        ? Optional.of(dropped.reason())
        : Optional.empty();
  }

  ClusterScenario thenNothing() {
    assertEquals(List.of(), accepted().events());
    return this;
  }

  ClusterScenario thenNotices(Notice... notices) {
    assertEquals(List.of(notices), accepted().notices());
    return this;
  }

  Decision<ClusterEvent> decision() {
    return decision;
  }

  ClusterState state() {
    return state;
  }

  ClusterState.Live live() {
    return (ClusterState.Live) state;
  }
}

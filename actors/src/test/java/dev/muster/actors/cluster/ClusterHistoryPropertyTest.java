package dev.muster.actors.cluster;

import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static dev.muster.actors.testing.Commands.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Placement;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.reconcile.GracefulReconfiguration;
import dev.muster.actors.reconcile.ZoneRepair;
import dev.muster.actors.replica.ReplicaReport;
import dev.muster.actors.testing.Commands.AlterBuilder;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds after every command of any history. */
class ClusterHistoryPropertyTest {
  private static final ClusterId ID = ClusterId.user(7);
  private static final Duration LINGER = Duration.ofMillis(20);
  private static final List<String> ZONES = ClusterScenario.RULES.zones().configured();

  /** What may happen to a cluster. */
  private sealed interface Step {
    record Asked(ClusterCommand command) implements Step {}

    /** News of one of the replicas: it starts, hydrates or fails, as it can. */
    record News(int replica, boolean good) implements Step {}

    record Passes(int millis) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return steps().list().ofMinSize(1).ofMaxSize(40);
  }

  /** With what Muster decides by itself, too. */
  @Provide
  Arbitrary<List<Step>> scaledHistories() {
    Arbitrary<String> sizes = Arbitraries.of("25cc", "small", "medium", "large");
    Arbitrary<Optional<Duration>> lingers =
        Arbitraries.of(Optional.empty(), Optional.of(Duration.ZERO), Optional.of(LINGER));
    Arbitrary<Step> scaled =
        Arbitraries.oneOf(
            asked(
                Combinators.combine(sizes, lingers)
                    .as((size, linger) -> alter().scaling(new AutoScalingStrategy(size, linger)))),
            asked(Arbitraries.create(() -> alter().resetScaling())),
            asked(sizes.map(size -> alter().minSize(size).maxSize("large"))),
            asked(Arbitraries.create(() -> alter().resetMinSize().resetMaxSize())));
    return Arbitraries.frequencyOf(Tuple.of(5, steps()), Tuple.of(1, scaled))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static Arbitrary<Step> steps() {
    Arbitrary<String> sizes = Arbitraries.of("small", "medium", "huge");
    Arbitrary<List<String>> zones = Arbitraries.subsetOf(ZONES).map(List::copyOf);
    Arbitrary<String> names = Arbitraries.of("r1", "r2", "r3", "x");
    Arbitrary<WaitPolicy> policies =
        Arbitraries.of(
            new WaitPolicy.Unspecified(),
            new WaitPolicy.For(Duration.ZERO),
            new WaitPolicy.For(Duration.ofMillis(20)),
            new WaitPolicy.UntilReady(Duration.ofMillis(30), OnTimeout.ROLLBACK),
            new WaitPolicy.UntilReady(Duration.ofMillis(30), OnTimeout.COMMIT));
    return Arbitraries.frequencyOf(
        Tuple.of(4, asked(Arbitraries.integers().between(0, 6).map(n -> alter().factor(n)))),
        Tuple.of(
            6,
            asked(
                Combinators.combine(sizes, policies)
                    .as((size, policy) -> alter().size(size).waiting(policy)))),
        Tuple.of(
            4,
            asked(
                Combinators.combine(zones, policies)
                    .as(
                        (some, policy) ->
                            alter().zones(some.toArray(String[]::new)).waiting(policy)))),
        Tuple.of(2, asked(Arbitraries.of(true, false).map(m -> alter().managed(m)))),
        Tuple.of(1, asked(Arbitraries.of(true, false).map(d -> alter().debugging(d)))),
        Tuple.of(
            2,
            names.map(
                name ->
                    new Step.Asked(new ClusterCommand.CreateReplica(plan(name, "small"), false)))),
        Tuple.of(
            1,
            names.map(
                name -> new Step.Asked(new ClusterCommand.DropReplicas(List.of(name), false)))),
        Tuple.of(
            1,
            Arbitraries.integers()
                .between(1, 12)
                .map(number -> ReplicaId.of(ID, number))
                .set()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(ids -> new Step.Asked(new ClusterCommand.DropReplicasById(List.copyOf(ids))))),
        Tuple.of(
            16,
            Combinators.combine(
                    Arbitraries.integers().between(0, 11), Arbitraries.of(true, true, true, false))
                .as(Step.News::new)),
        Tuple.of(3, Arbitraries.integers().between(1, 25).map(Step.Passes::new)));
  }

  private static Arbitrary<Step> asked(Arbitrary<AlterBuilder> alter) {
    return alter.map(builder -> new Step.Asked(builder.build()));
  }

  private static final Origin ALICE =
      new Origin("materialize", Optional.empty(), Optional.empty(), Optional.empty());

  private static ClusterContext context(long millis, Origin by) {
    return new ClusterContext(ID, HybridTime.ofEpochMilli(millis, 0), by, ClusterScenario.RULES);
  }

  /** All events of a history, checked after each step. */
  private static List<ClusterEvent> play(List<Step> history) {
    List<ClusterEvent> all = new ArrayList<>();
    ClusterState state = new ClusterState.Absent();
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Asked(new ClusterCommand.Create(managed("small", 2), List.of())));
    steps.addAll(history);
    long millis = 0;
    for (Step step : steps) {
      millis += step instanceof Step.Passes passes ? passes.millis() : 1;
      ClusterState before = state;
      for (ClusterEvent event : asked(state, step, millis)) {
        state = state.evolve(HybridTime.ofEpochMilli(millis, 0), event);
        all.add(event);
      }
      for (ClusterEvent event : ClusterPass.decide(state, context(millis, Origin.SYSTEM))) {
        state = state.evolve(HybridTime.ofEpochMilli(millis, 0), event);
        all.add(event);
      }
      check((ClusterState.Live) state, millis);
      if (protects(step) && before instanceof ClusterState.Live live) {
        assertServing(live, (ClusterState.Live) state, step);
      }
    }
    return all;
  }

  private static List<ClusterEvent> asked(ClusterState state, Step step, long millis) {
    return switch (step) {
      case Step.Asked asked ->
          ClusterDecider.decide(state, asked.command(), context(millis, ALICE))
                  instanceof Decision.Accepted<ClusterEvent> accepted
              ? accepted.events()
              : List.of();
      case Step.News news -> news((ClusterState.Live) state, news);
      case Step.Passes ignored -> List.of();
    };
  }

  private static List<ClusterEvent> news(ClusterState.Live state, Step.News news) {
    if (state.replicas().isEmpty()) {
      return List.of();
    }
    Replica replica = state.replicas().get(news.replica() % state.replicas().size());
    long incarnation = replica.progress().incarnation();
    ReplicaReport failed =
        new ReplicaReport.Failed(
            replica.id(),
            incarnation,
            new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.empty()),
            1);
    ReplicaReport report =
        switch (replica.progress()) {
          case ReplicaProgress.Pending ignored -> started(replica);
          case ReplicaProgress.Failed ignored -> started(replica);
          case ReplicaProgress.Hydrating ignored ->
              news.good()
                  ? new ReplicaReport.Hydrated(
                      replica.id(), incarnation, Duration.ofSeconds(1), 1, 1, 1)
                  : failed;
          case ReplicaProgress.Online ignored -> news.good() ? started(replica) : failed;
        };
    boolean nothing = replica.progress() instanceof ReplicaProgress.Online && news.good();
    return nothing ? List.of() : ReportDecider.decide(state, report).stream().toList();
  }

  private static ReplicaReport started(Replica replica) {
    return new ReplicaReport.Started(replica.id(), replica.progress().incarnation() + 1, "host", 1);
  }

  /**
   * Whether the step may not take the last serving replica away (invariant 7): it is neither a
   * replica's own failure, nor a statement that asks for fewer replicas or for haste.
   */
  private static boolean protects(Step step) {
    return switch (step) {
      case Step.News news -> news.good();
      case Step.Passes ignored -> true;
      case Step.Asked asked ->
          asked.command() instanceof ClusterCommand.Alter alter
              && !alter.replicationFactor().isMentioned()
              && !(alter.waitPolicy() instanceof WaitPolicy.For)
              && alter.managed().isEmpty();
    };
  }

  private static void assertServing(ClusterState.Live before, ClusterState.Live after, Step step) {
    boolean mayForce =
        before
            .latestReconfiguration()
            .filter(latest -> latest.onTimeout() == OnTimeout.COMMIT)
            .isPresent();
    boolean shrinks =
        before.declared().map(Managed::replicationFactor).orElse(0)
            < before.managed().map(Managed::replicationFactor).orElse(0);
    if (serves(before) && !mayForce && !shrinks) {
      assertTrue(
          serves(after), () -> "invariant 7: " + step + " led from " + before + " to " + after);
    }
  }

  /** What is pending may be called off again, and does not count. */
  private static boolean serves(ClusterState.Live state) {
    return state.replicas().stream()
        .filter(replica -> !GracefulReconfiguration.isPending(replica))
        .anyMatch(replica -> replica.progress() instanceof ReplicaProgress.Online);
  }

  private static void check(ClusterState.Live live, long millis) {
    if (live.managed().isEmpty()) {
      return;
    }
    Managed managed = live.managed().get();
    List<Replica> pending =
        live.replicas().stream().filter(GracefulReconfiguration::isPending).toList();
    List<Replica> realized =
        live.replicas().stream()
            .filter(replica -> !GracefulReconfiguration.isPending(replica))
            .filter(replica -> !ZoneRepair.isMoving(replica))
            .toList();
    checkSet(managed, "", realized, live);
    if (live.reconfiguration().isPresent()) {
      checkSet(live.declared().orElseThrow(), "-pending", pending, live);
    } else {
      assertEquals(List.of(), pending, "invariant 5: none is pending without a record");
    }
    assertEquals(
        List.of(),
        ClusterPass.decide(live, context(millis, Origin.SYSTEM)),
        "a second pass has nothing to do");
  }

  private static void checkSet(
      Managed shape, String suffix, List<Replica> replicas, ClusterState.Live live) {
    Set<String> names = replicas.stream().map(Replica::name).collect(Collectors.toSet());
    Set<String> expected =
        IntStream.rangeClosed(1, shape.replicationFactor())
            .mapToObj(number -> "r" + number + suffix)
            .collect(Collectors.toSet());
    assertEquals(expected, names, "invariant 5: names");
    List<String> permitted =
        shape.availabilityZones().isEmpty() ? ZONES : shape.availabilityZones();
    for (Replica replica : replicas) {
      assertEquals(shape.size(), replica.size(), "invariant 5: size");
      assertTrue(permitted.contains(replica.zone()), () -> "zone not permitted: " + live);
    }
    if (live.reconfiguration().isPresent()) {
      // Nothing is moved for evenness before the cut-over; then it is.
      return;
    }
    assertTrue(
        Placement.isEven(
            permitted,
            zone -> (int) replicas.stream().filter(r -> zoneToBe(r, live).equals(zone)).count()),
        () -> "invariant 6: " + live);
  }

  /** Its own, or that of its successor which hydrates beside it. */
  private static String zoneToBe(Replica replica, ClusterState.Live live) {
    return live.replica(replica.name() + "-moving").orElse(replica).zone();
  }

  /** What is to come has the shape of what serves, and is wanted all the same. */
  @Example
  void aFactorThatMovesAReplicaIsReconfiguredBesideThoseThatServe() {
    play(
        List.of(
            new Step.Asked(alter().factor(4).build()),
            new Step.Asked(new ClusterCommand.DropReplicasById(List.of(ReplicaId.of(ID, 3)))),
            new Step.Asked(alter().factor(3).build())));
  }

  @Property(tries = 400)
  void theReplicaSetIsRightAfterEveryCommand(@ForAll("histories") List<Step> history) {
    play(history);
  }

  /** What EXPLAIN says of each step is what the step then does. */
  @Property(tries = 200)
  void planAndExecutionAgree(@ForAll("scaledHistories") List<Step> history) {
    ClusterState state = created();
    long millis = 0;
    for (Step step : history) {
      millis += step instanceof Step.Passes passes ? passes.millis() : 1;
      if (step instanceof Step.Asked asked) {
        PlanAgreement.check(ID, state, asked.command(), context(millis, ALICE));
        PlanAgreement.check(ID, state, asked.command(), inNeed(millis));
      }
      for (ClusterEvent event : asked(state, step, millis)) {
        state = state.evolve(HybridTime.ofEpochMilli(millis, 0), event);
      }
      for (ClusterEvent event : ClusterPass.decide(state, context(millis, Origin.SYSTEM))) {
        state = state.evolve(HybridTime.ofEpochMilli(millis, 0), event);
      }
    }
  }

  /** A zone is lost, and in those left there is room for three replicas more. */
  private static ClusterContext inNeed(long millis) {
    Fleet little =
        Fleet.EMPTY
            .with(HostLoad.idle("h2", "az2", new Resources(1_000_000_000L, 1L << 30)))
            .with(HostLoad.idle("h3", "az3", new Resources(2_000_000_000L, 2L << 30)));
    return new ClusterContext(
        ID,
        HybridTime.ofEpochMilli(millis, 0),
        ALICE,
        ClusterScenario.RULES.withFleet(
            new Zones(ZONES, Set.of("az2", "az3")), little, Demand.NOMINAL));
  }

  private static ClusterState created() {
    ClusterState state = new ClusterState.Absent();
    Step create = new Step.Asked(new ClusterCommand.Create(managed("small", 2), List.of()));
    for (ClusterEvent event : asked(state, create, 0)) {
      state = state.evolve(HybridTime.ZERO, event);
    }
    return state;
  }

  @Property(tries = 100)
  void sameHistorySameEvents(@ForAll("histories") List<Step> history) {
    assertEquals(play(history), play(history));
  }

  @Property(tries = 200)
  void replicaIdsAreNeverUsedTwiceAndEachIsDroppedAtMostOnce(
      @ForAll("histories") List<Step> history) {
    Set<ReplicaId> added = new HashSet<>();
    Set<ReplicaId> dropped = new HashSet<>();
    for (ClusterEvent event : play(history)) {
      if (event instanceof ReplicaAdded addition) {
        assertTrue(added.add(addition.id()));
      } else if (event instanceof ReplicaDropped drop) {
        assertTrue(added.contains(drop.id()));
        assertTrue(dropped.add(drop.id()));
      }
    }
  }

  @Property(tries = 200)
  void stateIsAFold(@ForAll("histories") List<Step> history) {
    HybridTime at = HybridTime.ofEpochMilli(1, 0);
    List<ClusterEvent> events = play(history);
    ClusterState once = new ClusterState.Absent();
    for (ClusterEvent event : events) {
      once = once.evolve(at, event);
    }
    ClusterState halves = new ClusterState.Absent();
    for (ClusterEvent event : events.subList(0, events.size() / 2)) {
      halves = halves.evolve(at, event);
    }
    for (ClusterEvent event : events.subList(events.size() / 2, events.size())) {
      halves = halves.evolve(at, event);
    }
    assertEquals(once, halves);
  }
}

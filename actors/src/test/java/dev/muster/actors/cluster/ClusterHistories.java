package dev.muster.actors.cluster;

import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.plan;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.replica.ReplicaReport;
import dev.muster.actors.testing.Commands.AlterBuilder;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterEvent;
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
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What may happen to a cluster in a test of histories, and what the deciders make of each step. */
final class ClusterHistories {
  static final ClusterId ID = ClusterId.user(7);
  private static final Duration LINGER = Duration.ofMillis(20);
  static final List<String> ZONES = ClusterScenario.RULES.zones().configured();
  static final Origin ALICE =
      new Origin("materialize", Optional.empty(), Optional.empty(), Optional.empty());

  static ClusterContext context(long millis, Origin by) {
    return new ClusterContext(ID, HybridTime.ofEpochMilli(millis, 0), by, ClusterScenario.RULES);
  }

  private ClusterHistories() {}

  /** What may happen to a cluster. */
  sealed interface Step {
    record Asked(ClusterCommand command) implements Step {}

    /** News of one of the replicas: it starts, hydrates or fails, as it can. */
    record News(int replica, boolean good) implements Step {}

    record Passes(int millis) implements Step {}
  }

  static Arbitrary<List<Step>> histories() {
    return steps().list().ofMinSize(1).ofMaxSize(40);
  }

  /** With what Muster decides by itself, too. */
  static Arbitrary<List<Step>> scaledHistories() {
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

  /** What a step changes, before the pass that follows it. */
  static List<ClusterEvent> events(ClusterState state, Step step, long millis) {
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
}

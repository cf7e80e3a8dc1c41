package dev.muster.actors.explain;

import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.create;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterDecider;
import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.Planned;
import dev.muster.api.command.Explanation.Serving;
import dev.muster.api.command.Explanation.Warning;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Replica;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final ClusterId ID = ClusterId.user(1);
  private static final HybridTime NOW = HybridTime.ofEpochMilli(9, 0);
  private static final Origin ALICE =
      new Origin("materialize", Optional.empty(), Optional.empty(), Optional.empty());
  private static final ClusterRules RULES =
      ClusterRules.of(Sizes.CATALOGUE, Zones.of(List.of("az1", "az2", "az3")), 5);
  private static final EnvironmentState ENVIRONMENT =
      EnvironmentState.EMPTY
          .evolve(NOW, new EnvironmentEvent.RoleCreated("u1", "materialize", true, true, true))
          .evolve(
              NOW,
              new EnvironmentEvent.ClusterCreationStarted(
                  ID, "prod", "materialize", managed("small", 2), List.of()))
          .evolve(NOW, new EnvironmentEvent.ClusterCreationFinished(ID));

  /** A cluster of two small replicas that serve. */
  private static ClusterState serving() {
    ClusterState state = new ClusterState.Absent();
    ClusterContext context = new ClusterContext(ID, NOW, ALICE, RULES);
    var created =
        (Decision.Accepted<ClusterEvent>)
            ClusterDecider.decide(
                state, new ClusterCommand.Create(managed("small", 2), List.of()), context);
    for (ClusterEvent event : created.events()) {
      state = state.evolve(NOW, event);
    }
    for (Replica replica : ((ClusterState.Live) state).replicas()) {
      state = state.evolve(NOW, new ClusterEvent.ReplicaStarted(replica.id(), 1, "h", 1));
      state =
          state.evolve(
              NOW, new ClusterEvent.ReplicaHydrated(replica.id(), 1, Duration.ZERO, 1, 1, 1));
    }
    return state;
  }

  private static Explainer explainer() {
    return new Explainer(
        ENVIRONMENT,
        id -> serving(),
        NOW,
        ALICE,
        RULES,
        out -> RULES.withFleet(without(out), RULES.fleet(), RULES.demand()));
  }

  private static Zones without(Set<String> out) {
    Set<String> usable = new HashSet<>(RULES.zones().configured());
    usable.removeAll(out);
    return new Zones(RULES.zones().configured(), usable);
  }

  private static Planned planned(Explanation explanation) {
    return assertInstanceOf(Planned.class, explanation);
  }

  private static List<String> added(Phase phase) {
    return phase.added().stream()
        .map(one -> one.cluster() + "." + one.name() + " " + one.size() + " " + one.zone())
        .toList();
  }

  private static List<String> dropped(Phase phase) {
    return phase.dropped().stream().map(one -> one.name()).toList();
  }

  @Test
  void whatMusterHasForItselfIsNotCountedUnlessItIsBilledAsASize() {
    assertEquals(new BigDecimal("4"), Course.credits(serving()));
    assertEquals(new BigDecimal("4"), Course.credits(withInternal(Optional.empty())));
    assertEquals(new BigDecimal("36"), Course.credits(withInternal(Optional.of("large"))));
  }

  private static ClusterState withInternal(Optional<String> billedAs) {
    return serving()
        .evolve(
            NOW,
            new ClusterEvent.ReplicaAdded(
                ReplicaId.of(ID, 3),
                "mine",
                "large",
                new BigDecimal("32"),
                "az1",
                false,
                ReplicaSettings.DEFAULT,
                true,
                billedAs,
                Reason.MANUAL));
  }

  @Test
  void aGracefulResizeHasTwoPhasesAndInterruptsNothing() {
    Planned plan = planned(explainer().explain(ID, alter().size("medium").build()));
    assertEquals(Serving.CONTINUES, plan.serving().orElseThrow());
    assertEquals(new BigDecimal("4"), plan.creditsPerHour());
    Phase first = plan.phases().getFirst();
    assertEquals(Moment.AT_ONCE, first.moment());
    assertEquals(List.of("prod.r1-pending medium az1", "prod.r2-pending medium az2"), added(first));
    assertEquals(List.of(), dropped(first));
    assertEquals(new BigDecimal("12"), first.creditsPerHour());
    assertEquals(
        List.of(
            "cluster.reconfiguration-started", "cluster.replica-added", "cluster.replica-added"),
        first.events());
    Phase second = plan.phases().getLast();
    assertEquals(Moment.ONCE_HYDRATED, second.moment());
    assertEquals(List.of("cluster.reconfiguration-finished"), second.events());
    assertEquals(List.of("r1", "r2"), dropped(second));
    assertEquals(
        List.of("r1-pending r1", "r2-pending r2"),
        second.renamed().stream().map(one -> one.oldName() + " " + one.newName()).toList());
    assertEquals(new BigDecimal("8"), second.creditsPerHour());
  }

  @Test
  void anImmediateResizeInterruptsServing() {
    Planned plan = planned(explainer().explain(ID, alter().size("medium").now().build()));
    assertEquals(Serving.INTERRUPTED, plan.serving().orElseThrow());
    assertEquals(1, plan.phases().size());
    assertEquals(List.of("r1", "r2"), dropped(plan.phases().getFirst()));
  }

  @Test
  void whatEndsServingAndWhatLacksRedundancyIsWarnedOf() {
    Planned off = planned(explainer().explain(ID, alter().factor(0).build()));
    assertEquals(Serving.ENDS, off.serving().orElseThrow());
    assertEquals(List.of(Warning.OFF), off.warnings());
    assertEquals(
        List.of(Warning.NO_REDUNDANCY),
        planned(explainer().explain(ID, alter().factor(1).build())).warnings());
    assertEquals(
        List.of(Warning.ONE_ZONE),
        planned(explainer().explain(ID, alter().zones("az3").build())).warnings());
  }

  @Test
  void nothingToDoHasNoPhases() {
    assertEquals(List.of(), planned(explainer().explain(ID, alter().factor(2).build())).phases());
  }

  @Test
  void whatWouldBeRefusedIsRefused() {
    assertEquals(
        new Explanation.Refused(new Rejection.SizeUnknown("huge")),
        explainer().explain(ID, alter().size("huge").build()));
    assertEquals(
        new Explanation.Refused(new Rejection.ClusterExists("prod")),
        explainer().explain(create("prod", managed("small", 1))));
  }

  @Test
  void aCreationSaysWhereItsReplicasWillBe() {
    Planned plan = planned(explainer().explain(create("next", managed("small", 2))));
    assertEquals(
        List.of("next.r1 small az2", "next.r2 small az3"), added(plan.phases().getFirst()));
    assertEquals(Serving.NOTHING_SERVES, plan.serving().orElseThrow());
    assertEquals(
        List.of(
            "environment.cluster-creation-started",
            "environment.cluster-creation-finished",
            "cluster.created",
            "cluster.replica-added",
            "cluster.replica-added"),
        plan.phases().getFirst().events());
  }

  @Test
  void aDropSaysWhatItEnds() {
    Planned plan =
        planned(explainer().explain(new EnvironmentCommand.DropClusters(List.of("prod"), false)));
    assertEquals(Serving.ENDS, plan.serving().orElseThrow());
    assertEquals(List.of("r1", "r2"), dropped(plan.phases().getFirst()));
    assertEquals(0, plan.phases().getFirst().creditsPerHour().signum());
    assertEquals(List.of(), plan.warnings());
  }

  @Test
  void aRenameConcernsNoReplicaAndCostsNothing() {
    Planned plan =
        planned(explainer().explain(new EnvironmentCommand.RenameCluster("prod", "blue", false)));
    Phase only = plan.phases().getFirst();
    assertEquals(List.of("environment.cluster-names-changed"), only.events());
    assertEquals(List.of(), only.added());
    assertEquals(new BigDecimal("4"), plan.creditsPerHour());
    assertEquals(new BigDecimal("4"), only.creditsPerHour());
    assertEquals(Serving.CONTINUES, plan.serving().orElseThrow());
  }

  @Test
  void aZoneThatGoesOfflineTakesItsReplicasWithIt() {
    EnvironmentCommand out = new EnvironmentCommand.TakeZoneOut("az1", Optional.empty());
    Planned plan = planned(explainer().explain(out));
    Phase atOnce = plan.phases().getFirst();
    assertEquals("environment.zone-taken-out", atOnce.events().getFirst());
    assertEquals(List.of("r1"), dropped(atOnce));
    assertEquals(List.of("prod.r1 small az3"), added(atOnce));
    assertEquals(Serving.CONTINUES, plan.serving().orElseThrow());
    assertEquals(new BigDecimal("4"), atOnce.creditsPerHour());
  }

  @Test
  void whatConcernsNoClusterSaysNothingOfServing() {
    EnvironmentCommand comment =
        new EnvironmentCommand.CommentOnRole("materialize", Optional.of("x"));
    assertEquals(List.of(), planned(explainer().explain(comment)).outlooks());
  }
}

package dev.muster.actors.explain;

import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static dev.muster.actors.testing.Commands.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Explanation.Deadline;
import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.Planned;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.api.command.Explanation.Serving;
import dev.muster.api.command.Explanation.Warning;
import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a plan says of the time after the statement. */
class LaterPhasesTest {
  private static final ClusterId ID = ClusterId.user(1);
  private static final HybridTime NOW = HybridTime.ofEpochMilli(9, 0);
  private static final Origin ALICE =
      new Origin("materialize", Optional.empty(), Optional.empty(), Optional.empty());
  private static final List<String> ZONES = List.of("az1", "az2", "az3");

  /** A cluster of small replicas in these zones that serve. */
  private static ClusterState serving(ClusterConfiguration configuration, String... zones) {
    ClusterState state =
        new ClusterState.Absent().evolve(NOW, new ClusterEvent.ClusterCreated(ID, configuration));
    for (int number = 1; number <= zones.length; number++) {
      ReplicaId id = ReplicaId.of(ID, number);
      state =
          state
              .evolve(NOW, added(id, "r" + number, zones[number - 1]))
              .evolve(NOW, new ClusterEvent.ReplicaStarted(id, 1, "h", 1))
              .evolve(NOW, new ClusterEvent.ReplicaHydrated(id, 1, Duration.ZERO, 1, 1, 1));
    }
    return state;
  }

  private static ClusterEvent added(ReplicaId id, String name, String zone) {
    return new ClusterEvent.ReplicaAdded(
        id,
        name,
        "small",
        new BigDecimal("2"),
        zone,
        false,
        ReplicaSettings.DEFAULT,
        false,
        Optional.empty(),
        Reason.MANUAL);
  }

  private static Planned planned(ClusterState state, ClusterCommand command, String... usable) {
    Zones zones = usable.length == 0 ? Zones.of(ZONES) : new Zones(ZONES, Set.of(usable));
    ClusterRules rules = ClusterRules.of(Sizes.CATALOGUE, zones, 5);
    return assertInstanceOf(
        Planned.class,
        new Explainer(EnvironmentState.EMPTY, id -> state, NOW, ALICE, rules, out -> rules)
            .explain(ID, command));
  }

  private static ClusterState pair() {
    return serving(managed("small", 2), "az1", "az2");
  }

  private static List<String> dropped(Phase phase) {
    return phase.dropped().stream().map(PlannedReplica::name).toList();
  }

  private static List<Moment> moments(Planned plan) {
    return plan.phases().stream().map(Phase::moment).toList();
  }

  @Test
  void aWaitThatCommitsAtItsDeadlineMayInterruptServing() {
    WaitPolicy wait = new WaitPolicy.For(Duration.ofSeconds(5));
    Planned plan = planned(pair(), alter().size("medium").waiting(wait).build());
    assertEquals(Serving.AT_RISK, plan.serving().orElseThrow());
    assertTrue(plan.warnings().contains(Warning.FORCED_AT_DEADLINE));
    Deadline deadline = plan.deadlines().getFirst();
    assertEquals(Duration.ofSeconds(5), deadline.in());
    assertEquals(OnTimeout.COMMIT, deadline.onTimeout());
    assertEquals(List.of("r1", "r2"), dropped(deadline.phase()));
    assertEquals(new BigDecimal("8"), deadline.phase().creditsPerHour());
    assertEquals(List.of(Moment.AT_ONCE, Moment.ONCE_HYDRATED), moments(plan));
  }

  @Test
  void aWaitThatRollsBackAtItsDeadlineInterruptsNothing() {
    WaitPolicy wait = new WaitPolicy.UntilReady(Duration.ofSeconds(7), OnTimeout.ROLLBACK);
    Planned plan = planned(pair(), alter().size("medium").waiting(wait).build());
    assertEquals(Serving.CONTINUES, plan.serving().orElseThrow());
    assertEquals(List.of(), plan.warnings());
    Deadline deadline = plan.deadlines().getFirst();
    assertEquals(Duration.ofSeconds(7), deadline.in());
    assertEquals(List.of("r1-pending", "r2-pending"), dropped(deadline.phase()));
    assertEquals("cluster.reconfiguration-timed-out", deadline.phase().events().getFirst());
    assertEquals(new BigDecimal("4"), deadline.phase().creditsPerHour());
  }

  @Test
  void whatIsDoneAtOnceHasNoDeadline() {
    assertEquals(List.of(), planned(pair(), alter().factor(3).build()).deadlines());
  }

  @Test
  void aRepairOfTheSpreadEndsWithAsManyReplicasAsThereShallBe() {
    ClusterState crowded = serving(managed("small", 2), "az1", "az1");
    Planned plan = planned(crowded, alter().scaling("large").build());
    assertEquals(List.of(Moment.AT_ONCE, Moment.ONCE_HYDRATED), moments(plan));
    assertEquals(new BigDecimal("6"), plan.phases().getFirst().creditsPerHour());
    Phase last = plan.phases().getLast();
    assertEquals(List.of("cluster.replica-dropped", "cluster.replica-renamed"), last.events());
    assertEquals(new BigDecimal("4"), last.creditsPerHour());
    assertEquals(1, last.dropped().size());
    assertEquals(1, last.renamed().size());
    assertEquals(Serving.CONTINUES, plan.serving().orElseThrow());
  }

  @Test
  void theReplicaThatHelpsOutIsGoneOnceItHasLingered() {
    Managed bursting =
        managed("small", 1)
            .withAutoScaling(
                Optional.of(new AutoScalingStrategy("large", Optional.of(Duration.ofMinutes(1)))));
    Planned plan = planned(serving(bursting, "az1"), alter().size("medium").now().build());
    assertEquals(
        List.of(Moment.AT_ONCE, Moment.RIGHT_AFTER, Moment.ONCE_HYDRATED, Moment.ONCE_LINGERED),
        moments(plan));
    assertEquals(new BigDecimal("12"), plan.phases().get(1).creditsPerHour());
    Phase last = plan.phases().getLast();
    assertEquals(List.of("r1-burst"), dropped(last));
    assertEquals(new BigDecimal("4"), last.creditsPerHour());
    assertEquals(Serving.INTERRUPTED, plan.serving().orElseThrow());
  }

  @Test
  void whatWaitsForAPlaceIsWarnedOfAndDoesNotHydrateBefore() {
    Planned plan = planned(pair(), alter().zones("az3").build(), "az1", "az2");
    assertTrue(plan.warnings().contains(Warning.REPLICA_WAITS));
    assertEquals(
        List.of(Moment.AT_ONCE, Moment.ONCE_PLACED, Moment.ONCE_PLACED_AND_HYDRATED),
        moments(plan));
    List<PlannedReplica> placed = plan.phases().get(1).placed();
    assertEquals(
        List.of("r1-pending az3", "r2-pending az3"),
        placed.stream().map(one -> one.name() + " " + one.zone()).toList());
    assertEquals(List.of("r1", "r2"), dropped(plan.phases().getLast()));
    assertEquals(new BigDecimal("4"), plan.phases().getLast().creditsPerHour());
  }

  @Test
  void anUnmanagedClusterIsWarnedOfAsAManagedOneIs() {
    ClusterState three = serving(new Unmanaged(), "az1", "az1", "az2");
    assertEquals(
        List.of(Warning.NO_REDUNDANCY),
        planned(three, new ClusterCommand.DropReplicas(List.of("r1", "r2"), false)).warnings());
    assertEquals(
        List.of(Warning.ONE_ZONE),
        planned(three, new ClusterCommand.DropReplicas(List.of("r3"), false)).warnings());
    Planned none =
        planned(three, new ClusterCommand.DropReplicas(List.of("r1", "r2", "r3"), false));
    assertEquals(List.of(Warning.OFF), none.warnings());
    assertEquals(Serving.ENDS, none.serving().orElseThrow());
    assertEquals(
        List.of(),
        planned(three, new ClusterCommand.CreateReplica(plan("x", "small"), false)).warnings());
  }
}

package dev.muster.actors.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.explain.Explainer;
import dev.muster.actors.reconcile.ZoneRepair;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.Planned;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.api.command.Explanation.Serving;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what a plan says with what the command does, as the states before and after show it. */
final class PlanAgreement {
  private PlanAgreement() {}

  static void check(
      ClusterId id, ClusterState before, ClusterCommand command, ClusterContext context) {
    Explanation explanation =
        new Explainer(
                EnvironmentState.EMPTY,
                ignored -> before,
                context.now(),
                context.by(),
                context.rules())
            .explain(id, command);
    switch (ClusterDecider.decide(before, command, context)) {
      case Decision.Rejected<ClusterEvent> rejected ->
          assertEquals(new Explanation.Refused(rejected.rejection()), explanation);
      case Decision.Accepted<ClusterEvent> accepted ->
          check(before, accepted, assertInstanceOf(Planned.class, explanation), context);
    }
  }

  private static void check(
      ClusterState before,
      Decision.Accepted<ClusterEvent> accepted,
      Planned plan,
      ClusterContext context) {
    ClusterState after = before;
    for (ClusterEvent event : accepted.events()) {
      after = after.evolve(context.now(), event);
    }
    assertEquals(accepted.notices(), plan.notices());
    assertEquals(credits(before), plan.creditsPerHour());
    if (accepted.events().isEmpty()) {
      return;
    }
    Phase atOnce = plan.phases().getFirst();
    assertEquals(accepted.events().size(), atOnce.events().size());
    assertEquals(minus(after, before), described(atOnce.added()));
    assertEquals(minus(before, after), described(atOnce.dropped()));
    assertEquals(credits(after), atOnce.creditsPerHour());
    if (serves(before) && !serves(after)) {
      boolean ends = plan.phases().getLast().creditsPerHour().signum() == 0;
      assertEquals(ends ? Serving.ENDS : Serving.INTERRUPTED, plan.serving());
    }
    assertEquals(
        reconfigures(after), plan.phases().getLast().moment() == Explanation.Moment.ONCE_HYDRATED);
  }

  private static boolean reconfigures(ClusterState state) {
    return state instanceof ClusterState.Live live
        && live.replicas().stream().allMatch(replica -> replica.waiting().isEmpty())
        && (live.reconfiguration().isPresent()
            || live.managed().isPresent()
                && live.replicas().stream().anyMatch(ZoneRepair::isMoving));
  }

  private static List<Replica> replicas(ClusterState state) {
    return state instanceof ClusterState.Live live ? live.replicas() : List.of();
  }

  private static Set<String> minus(ClusterState these, ClusterState those) {
    Set<Object> known = replicas(those).stream().map(Replica::id).collect(Collectors.toSet());
    return replicas(these).stream()
        .filter(replica -> !known.contains(replica.id()))
        .map(
            replica ->
                replica.name() + " " + replica.size() + " " + replica.zone() + replica.waiting())
        .collect(Collectors.toSet());
  }

  private static Set<String> described(Collection<PlannedReplica> planned) {
    return planned.stream()
        .map(one -> one.name() + " " + one.size() + " " + one.zone() + one.waits())
        .collect(Collectors.toSet());
  }

  private static BigDecimal credits(ClusterState state) {
    return replicas(state).stream()
        .map(Replica::creditsPerHour)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static boolean serves(ClusterState state) {
    return replicas(state).stream()
        .anyMatch(replica -> replica.progress() instanceof ReplicaProgress.Online);
  }
}

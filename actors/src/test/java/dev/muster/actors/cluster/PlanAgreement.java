package dev.muster.actors.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.explain.Explainer;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.Explanation.Deadline;
import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.Planned;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.api.command.Explanation.Serving;
import dev.muster.api.command.Explanation.Warning;
import dev.muster.journal.codec.ClusterEventTypes;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.state.Burst;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Reconfiguration;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares what a plan says with what the command does, and with what happens after it: as the
 * states show it that the deciders lead to, step by step as in the running system.
 */
final class PlanAgreement {
  private static final int STEPS_MAX = 100;

  private PlanAgreement() {}

  static void check(
      ClusterId id, ClusterState before, ClusterCommand command, ClusterContext context) {
    Explanation explanation =
        new Explainer(
                EnvironmentState.EMPTY,
                ignored -> before,
                context.now(),
                context.by(),
                context.rules(),
                out -> context.rules())
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
    ClusterState after = evolved(before, accepted.events(), context.now());
    assertEquals(accepted.notices(), plan.notices());
    assertEquals(credits(before), plan.creditsPerHour());
    if (accepted.events().isEmpty()) {
      assertEquals(List.of(), plan.phases());
      return;
    }
    Phase atOnce = plan.phases().getFirst();
    assertEquals(Moment.AT_ONCE, atOnce.moment());
    assertEquals(types(accepted.events()), atOnce.events());
    assertEquals(minus(after, before), described(atOnce.added()));
    assertEquals(minus(before, after), described(atOnce.dropped()));
    assertEquals(credits(after), atOnce.creditsPerHour());
    // Where hosts have bounds, what comes later depends on who finds room first.
    if (!context.rules().fleet().bounded()) {
      checkLater(before, after, plan, context);
    }
  }

  private static void checkLater(
      ClusterState before, ClusterState asked, Planned plan, ClusterContext context) {
    ClusterState after = followed(asked, at(context.now(), context));
    Optional<Reconfiguration> under = underway(after);
    assertEquals(under.isPresent(), !plan.deadlines().isEmpty());
    boolean missed = under.isPresent() && checkDeadline(after, under.get(), plan, context);
    checkServing(before, asked, missed, plan);
    if (under.filter(one -> !one.deadline().isAfter(context.now().instant())).isEmpty()) {
      checkEnd(before, after, plan, context);
    }
  }

  /** What a cluster does right after its write. */
  private static ClusterState followed(ClusterState state, ClusterContext context) {
    return state instanceof ClusterState.Live live && ClusterPass.follows(live)
        ? evolved(state, ClusterPass.decide(state, context), context.now())
        : state;
  }

  /**
   * Nothing more hydrates until the deadline.
   *
   * @return whether that interrupts serving
   */
  private static boolean checkDeadline(
      ClusterState state, Reconfiguration under, Planned plan, ClusterContext context) {
    Deadline deadline = plan.deadlines().getFirst();
    assertEquals(under.onTimeout(), deadline.onTimeout());
    HybridTime then = later(context.now(), under.deadline());
    List<ClusterEvent> events = ClusterPass.decide(state, at(then, context));
    ClusterState after = evolved(state, events, then);
    assertEquals(types(events), deadline.phase().events());
    assertEquals(minus(after, state), described(deadline.phase().added()));
    assertEquals(minus(state, after), described(deadline.phase().dropped()));
    assertEquals(credits(after), deadline.phase().creditsPerHour());
    return serves(state) && !serves(after);
  }

  private static void checkServing(
      ClusterState before, ClusterState after, boolean missed, Planned plan) {
    boolean none = replicas(after).isEmpty();
    Serving expected =
        !serves(before)
            ? Serving.NOTHING_SERVES
            : !serves(after)
                ? none ? Serving.ENDS : Serving.INTERRUPTED
                : missed ? Serving.AT_RISK : Serving.CONTINUES;
    assertEquals(expected, plan.serving().orElseThrow());
  }

  /** Replicas hydrate one after the other, the kernel runs after each, and all lingering ends. */
  private static void checkEnd(
      ClusterState before, ClusterState after, Planned plan, ClusterContext context) {
    HybridTime now = context.now();
    ClusterState end = settled(after, at(now, context));
    Optional<Instant> lingers =
        end instanceof ClusterState.Live live
            ? live.burst().flatMap(Burst::lingersUntil)
            : Optional.empty();
    if (lingers.isPresent()) {
      end = settled(end, at(later(now, lingers.get()), context));
    }
    Map<String, String> planned = new TreeMap<>(sizes(before));
    for (Phase phase : plan.phases()) {
      phase.dropped().forEach(one -> planned.remove(one.name()));
      phase.renamed().forEach(one -> planned.put(one.newName(), planned.remove(one.oldName())));
      phase.added().forEach(one -> planned.put(one.name(), one.size()));
    }
    assertEquals(sizes(end), planned);
    assertEquals(credits(end), plan.phases().getLast().creditsPerHour());
    boolean one = end instanceof ClusterState.Live && replicas(end).size() == 1;
    assertEquals(one, plan.warnings().contains(Warning.NO_REDUNDANCY));
    boolean off = end instanceof ClusterState.Live && replicas(end).isEmpty();
    assertEquals(off, plan.warnings().contains(Warning.OFF));
  }

  private static ClusterState settled(ClusterState state, ClusterContext context) {
    ClusterState now = state;
    for (int step = 0; step < STEPS_MAX; step++) {
      Optional<Replica> next = replicas(now).stream().filter(one -> !one.serves()).findFirst();
      if (next.isPresent()) {
        now = evolved(now, hydrates(next.get()), context.now());
      }
      List<ClusterEvent> events = ClusterPass.decide(now, context);
      now = evolved(now, events, context.now());
      if (next.isEmpty() && events.isEmpty()) {
        return now;
      }
    }
    throw new AssertionError("never settles: " + state);
  }

  private static List<ClusterEvent> hydrates(Replica replica) {
    long incarnation = replica.progress().incarnation() + 1;
    return List.of(
        new ReplicaStarted(replica.id(), incarnation, "host", 1),
        new ReplicaHydrated(replica.id(), incarnation, Duration.ofSeconds(1), 1, 1, 1));
  }

  private static HybridTime later(HybridTime now, Instant instant) {
    return instant.isAfter(now.instant())
        ? HybridTime.ofEpochMilli(instant.toEpochMilli(), 0)
        : now;
  }

  /** As Muster decides by itself. */
  private static ClusterContext at(HybridTime time, ClusterContext context) {
    return new ClusterContext(context.id(), time, Origin.SYSTEM, context.rules());
  }

  private static ClusterState evolved(
      ClusterState state, List<ClusterEvent> events, HybridTime at) {
    ClusterState now = state;
    for (ClusterEvent event : events) {
      now = now.evolve(at, event);
    }
    return now;
  }

  private static List<String> types(List<ClusterEvent> events) {
    return events.stream()
        .map(
            event ->
                ClusterEventTypes.TABLE.stream()
                    .filter(type -> type.javaType() == event.getClass())
                    .findFirst()
                    .orElseThrow()
                    .id())
        .toList();
  }

  private static Optional<Reconfiguration> underway(ClusterState state) {
    return state instanceof ClusterState.Live live ? live.reconfiguration() : Optional.empty();
  }

  private static Map<String, String> sizes(ClusterState state) {
    return replicas(state).stream()
        .collect(Collectors.toMap(Replica::name, Replica::size, (a, b) -> a, TreeMap::new));
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

package dev.muster.actors.explain;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterDecider;
import dev.muster.actors.cluster.ClusterPass;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.reconcile.ZoneRepair;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.PlannedRename;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.api.command.Explanation.Serving;
import dev.muster.api.command.Explanation.Warning;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.journal.codec.ClusterEventTypes;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One cluster's part in a plan: its state now, and after each phase. */
final class ClusterForecast {
  private final String name;
  private final ClusterContext context;
  private final ClusterState before;
  private final List<Phase> phases = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private ClusterState state;
  private Optional<Rejection> rejection = Optional.empty();
  private boolean interrupted;

  private ClusterForecast(String name, ClusterState before, ClusterContext context) {
    this.name = name;
    this.before = before;
    this.state = before;
    this.context = context;
  }

  /**
   * @param name what the cluster is called
   */
  static ClusterForecast of(
      String name, ClusterState before, ClusterCommand command, ClusterContext context) {
    ClusterForecast forecast = new ClusterForecast(name, before, context);
    switch (ClusterDecider.decide(before, command, context)) {
      case Decision.Rejected<ClusterEvent> rejected ->
          forecast.rejection = Optional.of(rejected.rejection());
      case Decision.Accepted<ClusterEvent> accepted -> {
        forecast.notices.addAll(accepted.notices());
        forecast.happens(Moment.AT_ONCE, accepted.events());
        forecast.hydrates();
      }
    }
    return forecast;
  }

  /** All goes well with a reconfiguration that is under way, and with what moves. */
  private void hydrates() {
    if (state instanceof ClusterState.Live live && isAwaited(live)) {
      for (Replica replica : live.replicas()) {
        if (!replica.serves()) {
          long incarnation = replica.progress().incarnation() + 1;
          evolve(new ReplicaStarted(replica.id(), incarnation, "", 0));
          evolve(new ReplicaHydrated(replica.id(), incarnation, Duration.ZERO, 0, 0, 0));
        }
      }
      happens(Moment.ONCE_HYDRATED, ClusterPass.decide(state, context));
    }
  }

  /** What waits for a place hydrates nobody knows when. */
  private static boolean isAwaited(ClusterState.Live state) {
    boolean awaited =
        state.reconfiguration().isPresent()
            || state.managed().isPresent()
                && state.replicas().stream().anyMatch(ZoneRepair::isMoving);
    return awaited && state.replicas().stream().allMatch(one -> one.waiting().isEmpty());
  }

  private void happens(Moment moment, List<ClusterEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    Map<ReplicaId, Replica> old = replicas(state);
    events.forEach(this::evolve);
    Map<ReplicaId, Replica> now = replicas(state);
    boolean served = old.values().stream().anyMatch(Replica::serves);
    interrupted |= served && now.values().stream().noneMatch(Replica::serves);
    phases.add(
        new Phase(
            moment,
            events.stream().map(ClusterForecast::type).toList(),
            missing(now, old),
            missing(old, now),
            renamed(old, now),
            credits(state)));
  }

  private void evolve(ClusterEvent event) {
    state = state.evolve(context.now(), event);
  }

  private static String type(ClusterEvent event) {
    return ClusterEventTypes.TABLE.stream()
        .filter(type -> type.javaType() == event.getClass())
        .map(type -> type.id())
        .findFirst()
        .orElseThrow();
  }

  private static Map<ReplicaId, Replica> replicas(ClusterState state) {
    Map<ReplicaId, Replica> byId = new LinkedHashMap<>();
    if (state instanceof ClusterState.Live live) {
      live.replicas().forEach(replica -> byId.put(replica.id(), replica));
    }
    return byId;
  }

  private List<PlannedReplica> missing(
      Map<ReplicaId, Replica> these, Map<ReplicaId, Replica> among) {
    return these.values().stream()
        .filter(replica -> !among.containsKey(replica.id()))
        .map(
            replica ->
                new PlannedReplica(
                    name,
                    replica.name(),
                    replica.size(),
                    replica.zone(),
                    replica.creditsPerHour(),
                    replica.waiting()))
        .toList();
  }

  private List<PlannedRename> renamed(Map<ReplicaId, Replica> old, Map<ReplicaId, Replica> now) {
    return now.values().stream()
        .filter(replica -> old.containsKey(replica.id()))
        .filter(replica -> !old.get(replica.id()).name().equals(replica.name()))
        .map(replica -> new PlannedRename(name, old.get(replica.id()).name(), replica.name()))
        .toList();
  }

  private static BigDecimal credits(ClusterState state) {
    return replicas(state).values().stream()
        .map(Replica::creditsPerHour)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  Optional<Rejection> rejection() {
    return rejection;
  }

  List<Phase> phases() {
    return List.copyOf(phases);
  }

  List<Notice> notices() {
    return List.copyOf(notices);
  }

  BigDecimal creditsBefore() {
    return credits(before);
  }

  Serving serving() {
    if (replicas(before).values().stream().noneMatch(Replica::serves)) {
      return Serving.NOTHING_SERVES;
    }
    if (!interrupted) {
      return Serving.CONTINUES;
    }
    return replicas(state).isEmpty() ? Serving.ENDS : Serving.INTERRUPTED;
  }

  /** Of the cluster as it is in the end; none where it is gone, or not changed at all. */
  Set<Warning> warnings() {
    Optional<Managed> managed =
        state instanceof ClusterState.Live live && !phases.isEmpty()
            ? live.managed()
            : Optional.empty();
    if (managed.isEmpty()) {
      return Set.of();
    }
    Set<String> zones =
        replicas(state).values().stream().map(Replica::zone).collect(Collectors.toSet());
    return switch (managed.get().replicationFactor()) {
      case 0 -> Set.of(Warning.OFF);
      case 1 -> Set.of(Warning.NO_REDUNDANCY);
      default -> zones.size() == 1 ? Set.of(Warning.ONE_ZONE) : Set.of();
    };
  }
}

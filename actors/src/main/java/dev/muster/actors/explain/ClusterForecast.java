package dev.muster.actors.explain;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterDecider;
import dev.muster.actors.decision.Decision;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Explanation.Deadline;
import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.Serving;
import dev.muster.api.command.Explanation.Warning;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.state.Burst;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Reconfiguration;
import dev.muster.journal.state.Replica;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One cluster's part in a plan: what happens at once, and then either, as long as all goes well,
 * what follows once the new replicas have hydrated, or what happens at the deadline.
 */
final class ClusterForecast {
  /** A cut-over, a repair of the spread after it, and what that leaves; then one more. */
  private static final int ROUNDS_MAX = 4;

  private final ClusterState before;
  private final Course course;
  private final List<Notice> notices = new ArrayList<>();
  private Optional<Rejection> rejection = Optional.empty();
  private Optional<Deadline> deadline = Optional.empty();
  private boolean waits;
  private boolean atRisk;

  private ClusterForecast(String name, ClusterState before, ClusterContext context) {
    this.before = before;
    this.course = Course.from(name, before, context);
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
        if (!accepted.events().isEmpty()) {
          forecast.course.happens(Moment.AT_ONCE, accepted.events());
          forecast.follow(context);
        }
      }
    }
    return forecast;
  }

  /** Of a cluster that is concerned, and whose replicas are not. */
  static ClusterForecast unchanged(String name, ClusterState state, ClusterContext context) {
    return new ClusterForecast(name, state, context);
  }

  /**
   * Of a cluster when a zone goes out of service, or comes back.
   *
   * @param context with the zones that are in service then
   * @param lost the zone that goes
   */
  static ClusterForecast rezoned(
      String name, ClusterState state, ClusterContext context, Optional<String> lost) {
    ClusterForecast forecast = new ClusterForecast(name, state, context);
    lost.ifPresent(forecast.course::loses);
    forecast.course.happens(Moment.AT_ONCE, forecast.course.pass());
    if (!forecast.phases().isEmpty()) {
      forecast.follow(context);
    }
    return forecast;
  }

  /** Whether anything becomes of it. */
  boolean isConcerned() {
    return course.interrupted() || !phases().isEmpty();
  }

  private void follow(ClusterContext context) {
    course.happens(Moment.RIGHT_AFTER, course.follow());
    waits = course.waits();
    if (course.state() instanceof ClusterState.Live live) {
      deadline = live.reconfiguration().flatMap(under -> missed(under, context));
    }
    goesWell();
  }

  /** What happens where nothing more hydrates. */
  private Optional<Deadline> missed(Reconfiguration under, ClusterContext context) {
    Course missed = course.branch();
    missed.passes(under.deadline());
    missed.happens(Moment.AT_DEADLINE, missed.pass());
    atRisk = missed.interrupted();
    Duration in = Duration.between(context.now().instant(), under.deadline());
    Duration left = in.isNegative() ? Duration.ZERO : in;
    return missed.phases().stream()
        .findFirst()
        .map(phase -> new Deadline(left, under.onTimeout(), phase));
  }

  private void goesWell() {
    if (waits) {
      course.makeRoom();
    }
    Moment moment = waits ? Moment.ONCE_PLACED_AND_HYDRATED : Moment.ONCE_HYDRATED;
    boolean more = true;
    for (int round = 0; more && round < ROUNDS_MAX; round++) {
      course.hydrate();
      List<ClusterEvent> events = course.pass();
      course.happens(moment, events);
      more = !events.isEmpty();
    }
    lingeringUntil()
        .ifPresent(
            until -> {
              course.passes(until);
              course.happens(Moment.ONCE_LINGERED, course.pass());
            });
  }

  private Optional<Instant> lingeringUntil() {
    return course.state() instanceof ClusterState.Live live
        ? live.burst().flatMap(Burst::lingersUntil)
        : Optional.empty();
  }

  Optional<Rejection> rejection() {
    return rejection;
  }

  /** As long as all goes well. */
  List<Phase> phases() {
    return course.phases();
  }

  /** What happens instead of the later phases where new replicas do not hydrate in time. */
  Optional<Deadline> deadline() {
    return deadline;
  }

  List<Notice> notices() {
    return List.copyOf(notices);
  }

  BigDecimal creditsBefore() {
    return Course.credits(before);
  }

  /** From a phase on; one that does not take part in it costs what it cost before. */
  BigDecimal creditsFrom(int phase) {
    List<Phase> phases = phases();
    return phases.isEmpty()
        ? creditsBefore()
        : phases.get(Math.min(phase, phases.size() - 1)).creditsPerHour();
  }

  Serving serving() {
    if (Course.replicas(before).values().stream().noneMatch(Replica::serves)) {
      return Serving.NOTHING_SERVES;
    }
    if (course.interrupted()) {
      return Course.replicas(course.state()).isEmpty() ? Serving.ENDS : Serving.INTERRUPTED;
    }
    return atRisk ? Serving.AT_RISK : Serving.CONTINUES;
  }

  /** Of the cluster as it is in the end; none where it is gone, or not changed at all. */
  Set<Warning> warnings() {
    Set<Warning> warnings = EnumSet.noneOf(Warning.class);
    if (course.state() instanceof ClusterState.Live live && !phases().isEmpty()) {
      redundancy(live).ifPresent(warnings::add);
      if (waits) {
        warnings.add(Warning.REPLICA_WAITS);
      }
      if (deadline.filter(at -> atRisk && at.onTimeout() == OnTimeout.COMMIT).isPresent()) {
        warnings.add(Warning.FORCED_AT_DEADLINE);
      }
    }
    return warnings;
  }

  private static Optional<Warning> redundancy(ClusterState.Live state) {
    List<Replica> replicas = state.replicas();
    int count = state.managed().map(Managed::replicationFactor).orElseGet(replicas::size);
    Set<String> zones = replicas.stream().map(Replica::zone).collect(Collectors.toSet());
    return switch (count) {
      case 0 -> Optional.of(Warning.OFF);
      case 1 -> Optional.of(Warning.NO_REDUNDANCY);
      default -> zones.size() == 1 ? Optional.of(Warning.ONE_ZONE) : Optional.empty();
    };
  }
}

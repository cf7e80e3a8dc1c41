package dev.muster.actors.explain;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterDecider;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.placement.Fleet;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Explanation.Deadline;
import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Outlook;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.PlannedReplica;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One cluster's part in a plan: what happens at once, and then either, as long as all goes well,
 * what follows once the new replicas have hydrated, or what happens at the deadline.
 *
 * <p>{@link Forecasts} takes the steps, with those of other clusters beside them.
 */
final class ClusterForecast {
  private final String name;
  private final ClusterState before;
  private final Beginning beginning;
  private final ClusterContext context;
  private final Course course;
  private final List<Notice> notices = new ArrayList<>();
  private Optional<Rejection> rejection = Optional.empty();
  private Optional<Deadline> deadline = Optional.empty();
  private boolean struck;
  private boolean waits;
  private boolean atRisk;
  private boolean contested;

  /**
   * @param name what the cluster is called
   * @param context with the zones that are in service then
   */
  ClusterForecast(String name, ClusterState before, Beginning beginning, ClusterContext context) {
    this.name = name;
    this.before = before;
    this.beginning = beginning;
    this.context = context;
    this.course = Course.from(name, before, context);
  }

  /**
   * What the first step finds places for by itself, each with its zone, if the hosts were these. No
   * command looks for places in several clusters.
   */
  List<PlannedReplica> findings(Fleet fleet) {
    if (!(beginning instanceof Beginning.Rezoned)) {
      return List.of();
    }
    Course trial = course.branch().sees(fleet);
    begin(trial);
    return trial.steps().stream()
        .map(Course.Step::phase)
        .flatMap(phase -> Stream.concat(phase.added().stream(), phase.placed().stream()))
        .filter(replica -> replica.waits().isEmpty())
        .toList();
  }

  /**
   * What has become of the search for places where several clusters search.
   *
   * @param zones those that a replica may come to be in, by its name
   * @param roomIsContested whether some may find none
   */
  void mayFind(Map<String, Set<String>> zones, boolean roomIsContested) {
    course.mayFind(zones);
    contested = roomIsContested;
  }

  /** What happens at once. */
  void begins() {
    if (beginning instanceof Beginning.Rezoned rezoned && !rezoned.lost()) {
      course.regains(rezoned.zone());
    }
    struck = begin(course);
  }

  /** Whether anything ended with a zone. */
  private boolean begin(Course along) {
    return switch (beginning) {
      case Beginning.Unchanged ignored -> false;
      case Beginning.Asked asked -> {
        ask(asked.command(), along);
        yield false;
      }
      case Beginning.Rezoned rezoned -> {
        boolean loses = rezoned.lost() && along.loses(rezoned.zone());
        along.happens(Forecasts.AT_ONCE, Moment.AT_ONCE, along.pass());
        yield loses;
      }
    };
  }

  private void ask(ClusterCommand command, Course along) {
    switch (ClusterDecider.decide(before, command, along.context(context.by()))) {
      case Decision.Rejected<ClusterEvent> rejected ->
          rejection = Optional.of(rejected.rejection());
      case Decision.Accepted<ClusterEvent> accepted -> {
        notices.addAll(accepted.notices());
        along.happens(Forecasts.AT_ONCE, Moment.AT_ONCE, accepted.events());
      }
    }
  }

  /** What a write has right after it. */
  void follows() {
    if (goesOn()) {
      course.happens(Forecasts.RIGHT_AFTER, Moment.RIGHT_AFTER, course.follow());
    }
    waits = isConcerned() && course.waits();
    if (goesOn() && course.state() instanceof ClusterState.Live live) {
      deadline = live.reconfiguration().flatMap(this::missed);
    }
  }

  /** What waits gets its place. */
  void places() {
    if (goesOn() && waits) {
      course.makeRoom();
      course.mayFind(course.places());
      course.happens(Forecasts.PLACED, Moment.ONCE_PLACED, course.pass());
    }
  }

  private boolean goesOn() {
    return !course.steps().isEmpty();
  }

  /** What happens where nothing more hydrates. */
  private Optional<Deadline> missed(Reconfiguration under) {
    Course missed = course.branch();
    missed.passes(under.deadline());
    missed.happens(Forecasts.AT_ONCE, Moment.AT_DEADLINE, missed.pass());
    atRisk = missed.interrupted();
    Duration in = Duration.between(context.now().instant(), under.deadline());
    Duration left = in.isNegative() ? Duration.ZERO : in;
    return missed.steps().stream()
        .findFirst()
        .map(step -> new Deadline(name, left, under.onTimeout(), step.phase()));
  }

  /**
   * All goes well: what is new hydrates, and the kernel runs.
   *
   * @return whether that made a difference
   */
  boolean goesWell(int order) {
    if (!goesOn()) {
      return false;
    }
    course.hydrate();
    List<ClusterEvent> events = course.pass();
    course.happens(order, waits ? Moment.ONCE_PLACED_AND_HYDRATED : Moment.ONCE_HYDRATED, events);
    return !events.isEmpty();
  }

  /** Who has helped out goes. */
  void lingers(int order) {
    lingeringUntil()
        .filter(until -> goesOn())
        .ifPresent(
            until -> {
              course.passes(until);
              course.happens(order, Moment.ONCE_LINGERED, course.pass());
            });
  }

  private Optional<Instant> lingeringUntil() {
    return course.state() instanceof ClusterState.Live live
        ? live.burst().flatMap(Burst::lingersUntil)
        : Optional.empty();
  }

  void sees(Fleet fleet) {
    course.sees(fleet);
  }

  Fleet leaves(Fleet seen) {
    return course.leaves(seen);
  }

  Optional<Rejection> rejection() {
    return rejection;
  }

  /** Whether the plan has anything to say of it. */
  boolean isConcerned() {
    return !(beginning instanceof Beginning.Rezoned) || isTouched();
  }

  /** Who finds nothing only because others are first would have found something without them. */
  private boolean isTouched() {
    return struck || contested || goesOn();
  }

  /** As long as all goes well. */
  List<Course.Step> steps() {
    return course.steps();
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

  /** From the phases of that order on; where it takes no part in them, as after those before. */
  BigDecimal creditsFrom(int order) {
    return steps().stream()
        .filter(step -> step.order() <= order)
        .map(Course.Step::phase)
        .reduce((earlier, later) -> later)
        .map(Phase::creditsPerHour)
        .orElseGet(this::creditsBefore);
  }

  Outlook outlook() {
    return new Outlook(name, serving(), List.copyOf(warnings()));
  }

  private Serving serving() {
    if (Course.replicas(before).values().stream().noneMatch(Replica::serves)) {
      return Serving.NOTHING_SERVES;
    }
    if (course.interrupted()) {
      return Course.replicas(course.state()).isEmpty() ? Serving.ENDS : Serving.INTERRUPTED;
    }
    return atRisk ? Serving.AT_RISK : Serving.CONTINUES;
  }

  /** Of the cluster as it is in the end; none where it is gone, or not changed at all. */
  private Set<Warning> warnings() {
    Set<Warning> warnings = EnumSet.noneOf(Warning.class);
    if (course.state() instanceof ClusterState.Live live && isTouched()) {
      redundancy(live).ifPresent(warnings::add);
      if (waits) {
        warnings.add(Warning.REPLICA_WAITS);
      }
      if (deadline.filter(at -> atRisk && at.onTimeout() == OnTimeout.COMMIT).isPresent()) {
        warnings.add(Warning.FORCED_AT_DEADLINE);
      }
      if (contested) {
        warnings.add(Warning.ROOM_CONTESTED);
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

package dev.muster.actors.explain;

import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.placement.Fleet;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.Explanation.Deadline;
import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.PlannedRename;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What the clusters do that one command concerns: step by step, side by side, each on the hosts as
 * those before it have left them. They come in the order of their ids, as in the running system
 * they are told; where it depends on who is faster there, {@link OpenZones} says so.
 */
final class Forecasts {
  /** The orders of phases. */
  static final int AT_ONCE = 0;

  static final int RIGHT_AFTER = 1;
  static final int PLACED = 2;
  private static final int FIRST_ROUND = 3;

  /** A cut-over, a repair of the spread after it, and what that leaves; then one more. */
  private static final int ROUNDS_MAX = 4;

  private static final int LINGERED = FIRST_ROUND + ROUNDS_MAX;

  private final List<ClusterForecast> forecasts;
  private Fleet fleet;

  private Forecasts(List<ClusterForecast> forecasts, ClusterRules rules) {
    this.forecasts = forecasts;
    this.fleet = rules.fleet();
  }

  /**
   * The plan.
   *
   * @param ownEvents those of the environment
   * @param forecasts of each cluster, in the order of their ids, not begun
   * @param ownNotices the environment's
   * @param rules with the zones and hosts that are in service then
   */
  static Explanation plan(
      List<String> ownEvents,
      List<ClusterForecast> forecasts,
      List<Notice> ownNotices,
      ClusterRules rules) {
    Forecasts all = new Forecasts(forecasts, rules);
    all.run(rules);
    Optional<Rejection> rejection =
        forecasts.stream().flatMap(forecast -> forecast.rejection().stream()).findFirst();
    return rejection
        .<Explanation>map(Explanation.Refused::new)
        .orElseGet(() -> all.concerned().plan(ownEvents, ownNotices));
  }

  private void run(ClusterRules rules) {
    OpenZones.find(forecasts, rules);
    each(ClusterForecast::begins);
    each(ClusterForecast::follows);
    each(ClusterForecast::places);
    boolean more = true;
    for (int round = 0; more && round < ROUNDS_MAX; round++) {
      more = goWell(FIRST_ROUND + round);
    }
    each(forecast -> forecast.lingers(LINGERED));
  }

  private boolean goWell(int order) {
    boolean more = false;
    for (ClusterForecast forecast : forecasts) {
      forecast.sees(fleet);
      more |= forecast.goesWell(order);
      fleet = forecast.leaves(fleet);
    }
    return more;
  }

  private void each(Consumer<ClusterForecast> step) {
    for (ClusterForecast forecast : forecasts) {
      forecast.sees(fleet);
      step.accept(forecast);
      fleet = forecast.leaves(fleet);
    }
  }

  private PlanOf concerned() {
    return new PlanOf(forecasts.stream().filter(ClusterForecast::isConcerned).toList());
  }

  /** Makes one plan of several clusters' parts. */
  private record PlanOf(List<ClusterForecast> parts) {
    Explanation.Planned plan(List<String> ownEvents, List<Notice> ownNotices) {
      SortedSet<Integer> orders = new TreeSet<>();
      if (!ownEvents.isEmpty()) {
        orders.add(AT_ONCE);
      }
      parts.forEach(part -> part.steps().forEach(step -> orders.add(step.order())));
      List<Phase> phases = new ArrayList<>();
      for (int order : orders) {
        phases.add(merged(order, order == AT_ONCE ? ownEvents : List.of()));
      }
      // A creation's notices are the environment's already.
      List<Notice> notices = new ArrayList<>(ownNotices);
      for (ClusterForecast part : parts) {
        part.notices().stream().filter(n -> !notices.contains(n)).forEach(notices::add);
      }
      return new Explanation.Planned(
          phases,
          parts.stream().flatMap(part -> deadline(part).stream()).toList(),
          parts.stream().map(ClusterForecast::outlook).toList(),
          sum(parts.stream().map(ClusterForecast::creditsBefore).toList()),
          notices);
    }

    /** What several clusters do at the same time. */
    private Phase merged(int order, List<String> ownEvents) {
      List<String> events = new ArrayList<>(ownEvents);
      List<PlannedReplica> added = new ArrayList<>();
      List<PlannedReplica> placed = new ArrayList<>();
      List<PlannedReplica> dropped = new ArrayList<>();
      List<PlannedRename> renamed = new ArrayList<>();
      Moment moment = Moment.AT_ONCE;
      for (ClusterForecast part : parts) {
        for (Course.Step step : part.steps()) {
          if (step.order() == order) {
            Phase phase = step.phase();
            moment = phase.moment().compareTo(moment) > 0 ? phase.moment() : moment;
            events.addAll(phase.events());
            added.addAll(phase.added());
            placed.addAll(phase.placed());
            dropped.addAll(phase.dropped());
            renamed.addAll(phase.renamed());
          }
        }
      }
      return new Phase(moment, events, added, placed, dropped, renamed, creditsFrom(order));
    }

    private BigDecimal creditsFrom(int order) {
      return sum(parts.stream().map(part -> part.creditsFrom(order)).toList());
    }

    /** At its price for all: the others are where they are in the end. */
    private Optional<Deadline> deadline(ClusterForecast part) {
      BigDecimal others = creditsFrom(LINGERED).subtract(part.creditsFrom(LINGERED));
      return part.deadline()
          .map(
              deadline ->
                  new Deadline(
                      deadline.cluster(),
                      deadline.in(),
                      deadline.onTimeout(),
                      deadline.phase().plusCredits(others)));
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
      return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }
}

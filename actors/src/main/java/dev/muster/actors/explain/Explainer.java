package dev.muster.actors.explain;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.environment.EnvironmentContext;
import dev.muster.actors.environment.EnvironmentDecider;
import dev.muster.actors.placement.Zones;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.Explanation.Deadline;
import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.PlannedRename;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.api.command.Explanation.Serving;
import dev.muster.api.command.Explanation.Warning;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.journal.codec.EnvironmentEventTypes;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropStarted;
import dev.muster.journal.event.EnvironmentEvent.ReplicaDropFinished;
import dev.muster.journal.event.EnvironmentEvent.ReplicaDropStarted;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Explains commands.
 *
 * @param environment its state
 * @param clusters the state of each cluster; absent where there is none
 * @param by who asks
 */
public record Explainer(
    EnvironmentState environment,
    Function<ClusterId, ClusterState> clusters,
    HybridTime now,
    Origin by,
    ClusterRules rules) {

  public Explanation explain(ClusterId id, ClusterCommand command) {
    ClusterForecast forecast = existing(id, command);
    return forecast
        .rejection()
        .<Explanation>map(Explanation.Refused::new)
        .orElseGet(() -> plan(List.of(), List.of(forecast), List.of()));
  }

  public Explanation explain(EnvironmentCommand command) {
    EnvironmentContext context = new EnvironmentContext(now, by, rules);
    return switch (EnvironmentDecider.decide(environment, command, context)) {
      case Decision.Rejected<EnvironmentEvent> rejected ->
          new Explanation.Refused(rejected.rejection());
      case Decision.Accepted<EnvironmentEvent> accepted -> led(accepted);
    };
  }

  /** The environment's own events, and what the clusters do that it leads. */
  private Explanation led(Decision.Accepted<EnvironmentEvent> accepted) {
    List<String> types = new ArrayList<>();
    List<ClusterForecast> forecasts = new ArrayList<>();
    for (EnvironmentEvent event : accepted.events()) {
      types.add(type(event.getClass()));
      forecasts.addAll(follow(event, types));
    }
    Optional<Rejection> rejection =
        forecasts.stream().flatMap(forecast -> forecast.rejection().stream()).findFirst();
    return rejection
        .<Explanation>map(Explanation.Refused::new)
        .orElseGet(() -> plan(types, forecasts, accepted.notices()));
  }

  private List<ClusterForecast> follow(EnvironmentEvent event, List<String> types) {
    return switch (event) {
      case ClusterCreationStarted started -> {
        types.add(type(ClusterCreationFinished.class));
        yield List.of(
            forecast(
                started.name(),
                started.id(),
                new ClusterState.Absent(),
                new ClusterCommand.Create(started.configuration(), started.replicas())));
      }
      case ClusterDropStarted started -> {
        started.ids().forEach(id -> types.add(type(ClusterDropFinished.class)));
        yield started.ids().stream().map(id -> existing(id, new ClusterCommand.Drop())).toList();
      }
      case ReplicaDropStarted started -> {
        Map<ClusterId, List<ReplicaId>> byCluster = new TreeMap<>();
        for (ReplicaId id : started.ids()) {
          byCluster.computeIfAbsent(id.cluster(), ignored -> new ArrayList<>()).add(id);
        }
        byCluster.keySet().forEach(id -> types.add(type(ReplicaDropFinished.class)));
        yield byCluster.entrySet().stream()
            .map(
                entry ->
                    existing(entry.getKey(), new ClusterCommand.DropReplicasById(entry.getValue())))
            .toList();
      }
      case EnvironmentEvent.EnvironmentInitialized ignored -> List.of();
      case ClusterCreationFinished ignored -> List.of();
      case ClusterDropFinished ignored -> List.of();
      case ReplicaDropFinished ignored -> List.of();
      case EnvironmentEvent.ClusterNamesChanged changed ->
          changed.changes().stream().map(change -> unchanged(change.id())).toList();
      case EnvironmentEvent.ClusterOwnerChanged changed -> List.of(unchanged(changed.id()));
      case EnvironmentEvent.RoleCreated ignored -> List.of();
      case EnvironmentEvent.RoleCommentChanged ignored -> List.of();
      case EnvironmentEvent.ZoneTakenOut out -> {
        Set<String> usable = new HashSet<>(rules.zones().usable());
        usable.remove(out.zone());
        yield rezoned(usable, Optional.of(out.zone()));
      }
      case EnvironmentEvent.ZoneBroughtBack back -> {
        Set<String> usable = new HashSet<>(rules.zones().usable());
        usable.add(back.zone());
        yield rezoned(usable, Optional.empty());
      }
    };
  }

  /** What the clusters do by themselves once other zones are in service. */
  private List<ClusterForecast> rezoned(Set<String> usable, Optional<String> lost) {
    Zones zones = new Zones(rules.zones().configured(), usable);
    ClusterRules then = rules.withFleet(zones, rules.fleet(), rules.demand());
    return environment.clusters().keySet().stream()
        .sorted()
        .map(
            id ->
                ClusterForecast.rezoned(
                    name(id),
                    clusters.apply(id),
                    new ClusterContext(id, now, Origin.SYSTEM, then),
                    lost))
        .filter(ClusterForecast::isConcerned)
        .toList();
  }

  private static String type(Class<? extends EnvironmentEvent> event) {
    return EnvironmentEventTypes.TABLE.stream()
        .filter(type -> type.javaType() == event)
        .map(type -> type.id())
        .findFirst()
        .orElseThrow();
  }

  private ClusterForecast existing(ClusterId id, ClusterCommand command) {
    return forecast(name(id), id, clusters.apply(id), command);
  }

  private ClusterForecast forecast(
      String name, ClusterId id, ClusterState state, ClusterCommand command) {
    return ClusterForecast.of(name, state, command, context(id));
  }

  private ClusterForecast unchanged(ClusterId id) {
    return ClusterForecast.unchanged(name(id), clusters.apply(id), context(id));
  }

  private String name(ClusterId id) {
    return environment.cluster(id).map(ClusterEntry::name).orElse(id.value());
  }

  private ClusterContext context(ClusterId id) {
    return new ClusterContext(id, now, by, rules);
  }

  private static Explanation plan(
      List<String> environmentEvents, List<ClusterForecast> forecasts, List<Notice> ownNotices) {
    BigDecimal before =
        forecasts.stream()
            .map(ClusterForecast::creditsBefore)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    int count =
        forecasts.stream()
            .mapToInt(forecast -> forecast.phases().size())
            .reduce(environmentEvents.isEmpty() ? 0 : 1, Math::max);
    List<Phase> phases = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      phases.add(merged(number, number == 0 ? environmentEvents : List.of(), forecasts));
    }
    // A creation's notices are the environment's already.
    List<Notice> notices = new ArrayList<>(ownNotices);
    Set<Warning> warnings = EnumSet.noneOf(Warning.class);
    for (ClusterForecast forecast : forecasts) {
      forecast.notices().stream().filter(n -> !notices.contains(n)).forEach(notices::add);
      warnings.addAll(forecast.warnings());
    }
    return new Explanation.Planned(
        phases, deadline(forecasts), serving(forecasts), before, notices, List.copyOf(warnings));
  }

  /** What several clusters do that one command leads. */
  private static Phase merged(int number, List<String> ownEvents, List<ClusterForecast> forecasts) {
    List<String> events = new ArrayList<>(ownEvents);
    List<PlannedReplica> added = new ArrayList<>();
    List<PlannedReplica> dropped = new ArrayList<>();
    List<PlannedRename> renamed = new ArrayList<>();
    Moment moment = Moment.AT_ONCE;
    BigDecimal credits = BigDecimal.ZERO;
    for (ClusterForecast forecast : forecasts) {
      credits = credits.add(forecast.creditsFrom(number));
      if (number < forecast.phases().size()) {
        Phase part = forecast.phases().get(number);
        moment = part.moment().compareTo(moment) > 0 ? part.moment() : moment;
        events.addAll(part.events());
        added.addAll(part.added());
        dropped.addAll(part.dropped());
        renamed.addAll(part.renamed());
      }
    }
    return new Phase(moment, events, added, dropped, renamed, credits);
  }

  /** Commands that lead several clusters reconfigure none. */
  private static Optional<Deadline> deadline(List<ClusterForecast> forecasts) {
    return forecasts.size() == 1 ? forecasts.getFirst().deadline() : Optional.empty();
  }

  /** The worst that becomes of any. */
  private static Serving serving(List<ClusterForecast> forecasts) {
    return forecasts.stream()
        .map(ClusterForecast::serving)
        .max(Enum::compareTo)
        .orElse(Serving.NOT_CONCERNED);
  }
}

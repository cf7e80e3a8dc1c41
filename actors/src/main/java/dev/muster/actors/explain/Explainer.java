package dev.muster.actors.explain;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.environment.EnvironmentContext;
import dev.muster.actors.environment.EnvironmentDecider;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Explains commands.
 *
 * @param environment its state
 * @param clusters the state of each cluster; absent where there is none
 * @param by who asks
 * @param rules as they are now
 * @param rulesWithout as they would be with exactly these zones out of service
 */
public record Explainer(
    EnvironmentState environment,
    Function<ClusterId, ClusterState> clusters,
    HybridTime now,
    Origin by,
    ClusterRules rules,
    Function<Set<String>, ClusterRules> rulesWithout) {

  public Explanation explain(ClusterId id, ClusterCommand command) {
    return Forecasts.plan(List.of(), List.of(existing(id, command)), List.of(), rules);
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
    EnvironmentState after = environment;
    for (EnvironmentEvent event : accepted.events()) {
      types.add(type(event.getClass()));
      forecasts.addAll(follow(event, types));
      after = after.evolve(now, event);
    }
    return Forecasts.plan(types, forecasts, accepted.notices(), rules(after));
  }

  /** The hosts of zones that come back are only there then. */
  private ClusterRules rules(EnvironmentState then) {
    Set<String> out = then.zoneOutages().keySet();
    return out.equals(environment.zoneOutages().keySet()) ? rules : rulesWithout.apply(out);
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
                new Beginning.Asked(
                    new ClusterCommand.Create(started.configuration(), started.replicas()))));
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
      case EnvironmentEvent.ZoneTakenOut out ->
          rezoned(event, new Beginning.Rezoned(out.zone(), true));
      case EnvironmentEvent.ZoneBroughtBack back ->
          rezoned(event, new Beginning.Rezoned(back.zone(), false));
      case EnvironmentEvent.SystemParameterChanged ignored -> List.of();
      case EnvironmentEvent.ChainsCheckpointed ignored -> List.of();
    };
  }

  /** What the clusters do by themselves once other zones are in service. */
  private List<ClusterForecast> rezoned(EnvironmentEvent event, Beginning.Rezoned beginning) {
    ClusterRules then = rules(environment.evolve(now, event));
    return environment.clusters().keySet().stream()
        .sorted()
        .map(
            id ->
                new ClusterForecast(
                    name(id),
                    clusters.apply(id),
                    beginning,
                    new ClusterContext(id, now, Origin.SYSTEM, then)))
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
    return forecast(name(id), id, clusters.apply(id), new Beginning.Asked(command));
  }

  private ClusterForecast unchanged(ClusterId id) {
    return forecast(name(id), id, clusters.apply(id), new Beginning.Unchanged());
  }

  private ClusterForecast forecast(
      String name, ClusterId id, ClusterState state, Beginning beginning) {
    return new ClusterForecast(name, state, beginning, new ClusterContext(id, now, by, rules));
  }

  private String name(ClusterId id) {
    return environment.cluster(id).map(ClusterEntry::name).orElse(id.value());
  }
}

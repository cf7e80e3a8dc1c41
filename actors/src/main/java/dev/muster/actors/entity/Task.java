package dev.muster.actors.entity;

import dev.muster.api.command.ClusterCommand;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropFinished;
import dev.muster.journal.event.EnvironmentEvent.ReplicaDropFinished;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.EnvironmentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One cluster's part in what the environment has decided. What is unfinished is all in the state,
 * so that a recovered environment finds its tasks again.
 */
sealed interface Task {
  ClusterId cluster();

  /** What to tell the cluster; may be told again. */
  ClusterCommand command();

  /** The event that notes the end; empty where the state has no use for it any more. */
  Optional<EnvironmentEvent> finished(EnvironmentState state);

  record Creation(ClusterId cluster, ClusterEntry.Creation wanted) implements Task {
    @Override
    public ClusterCommand command() {
      return new ClusterCommand.Create(wanted.configuration(), wanted.replicas());
    }

    /** A cluster that was dropped while it was being created is not created any more. */
    @Override
    public Optional<EnvironmentEvent> finished(EnvironmentState state) {
      return state
          .cluster(cluster)
          .flatMap(ClusterEntry::creating)
          .map(ignored -> new ClusterCreationFinished(cluster));
    }
  }

  record Drop(ClusterId cluster) implements Task {
    @Override
    public ClusterCommand command() {
      return new ClusterCommand.Drop();
    }

    @Override
    public Optional<EnvironmentEvent> finished(EnvironmentState state) {
      return state.dropping().contains(cluster)
          ? Optional.of(new ClusterDropFinished(cluster))
          : Optional.empty();
    }
  }

  record ReplicaDrop(ClusterId cluster, List<ReplicaId> ids) implements Task {
    public ReplicaDrop {
      ids = List.copyOf(ids);
    }

    @Override
    public ClusterCommand command() {
      return new ClusterCommand.DropReplicasById(ids);
    }

    @Override
    public Optional<EnvironmentEvent> finished(EnvironmentState state) {
      List<ReplicaId> open = ids.stream().filter(state.replicaDrops()::contains).toList();
      return open.isEmpty() ? Optional.empty() : Optional.of(new ReplicaDropFinished(open));
    }
  }

  /** All that the environment has decided and clusters have not finished, in a stable order. */
  static List<Task> unfinished(EnvironmentState state) {
    List<Task> tasks = new ArrayList<>();
    state.clusters().values().stream()
        .filter(entry -> entry.creating().isPresent())
        .map(entry -> new Creation(entry.id(), entry.creating().get()))
        .sorted((left, right) -> left.cluster().compareTo(right.cluster()))
        .forEach(tasks::add);
    state.dropping().stream().sorted().map(Drop::new).forEach(tasks::add);
    tasks.addAll(replicaDrops(state.replicaDrops()));
    return tasks;
  }

  /** Those that an event gives rise to. */
  static List<Task> of(EnvironmentEvent event) {
    return switch (event) {
      case EnvironmentEvent.ClusterCreationStarted started ->
          List.of(
              new Creation(
                  started.id(),
                  new ClusterEntry.Creation(started.configuration(), started.replicas())));
      case EnvironmentEvent.ClusterDropStarted started ->
          started.ids().stream().<Task>map(Drop::new).toList();
      case EnvironmentEvent.ReplicaDropStarted started -> replicaDrops(started.ids());
      case EnvironmentEvent.EnvironmentInitialized ignored -> List.of();
      case ClusterCreationFinished ignored -> List.of();
      case ClusterDropFinished ignored -> List.of();
      case ReplicaDropFinished ignored -> List.of();
      case EnvironmentEvent.ClusterNamesChanged ignored -> List.of();
      case EnvironmentEvent.ClusterOwnerChanged ignored -> List.of();
      case EnvironmentEvent.RoleCreated ignored -> List.of();
      case EnvironmentEvent.RoleCommentChanged ignored -> List.of();
      case EnvironmentEvent.ZoneTakenOut ignored -> List.of();
      case EnvironmentEvent.ZoneBroughtBack ignored -> List.of();
      case EnvironmentEvent.SystemParameterChanged ignored -> List.of();
      case EnvironmentEvent.ChainsCheckpointed ignored -> List.of();
    };
  }

  private static List<Task> replicaDrops(Iterable<ReplicaId> ids) {
    TreeMap<ClusterId, List<ReplicaId>> byCluster = new TreeMap<>();
    ids.forEach(id -> byCluster.computeIfAbsent(id.cluster(), key -> new ArrayList<>()).add(id));
    return byCluster.entrySet().stream()
        .<Task>map(entry -> new ReplicaDrop(entry.getKey(), entry.getValue()))
        .toList();
  }
}

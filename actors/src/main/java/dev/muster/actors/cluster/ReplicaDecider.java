package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.RejectedException.rejectIf;

import dev.muster.actors.decision.Decision;
import dev.muster.api.command.ClusterCommand.CreateReplica;
import dev.muster.api.command.ClusterCommand.DropReplicas;
import dev.muster.api.command.ClusterCommand.RenameReplica;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Rejection.ReplicaAction;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaRenamed;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Replicas by hand: of unmanaged clusters only. */
final class ReplicaDecider {
  private ReplicaDecider() {}

  static Decision<ClusterEvent> create(
      ClusterState.Live state, CreateReplica command, ClusterContext context) {
    mustBeUnmanaged(state, ReplicaAction.CREATE);
    String name = command.replica().name();
    if (state.replica(name).isPresent()) {
      return command.ifNotExists()
          ? Decision.noticed(new Notice.ReplicaAlreadyExists(name))
          : Decision.rejected(new Rejection.ReplicaNameTaken(name));
    }
    ConfigurationRules rules = new ConfigurationRules(context.rules());
    rules.replica(command.replica());
    rules.limitByHand(state.replicas().size() + 1, state.replicas().size());
    Draft draft = new Draft(state, context);
    draft.add(command.replica());
    return draft.accept();
  }

  /** All of them or none; a name given twice is dropped once. */
  static Decision<ClusterEvent> drop(
      ClusterState.Live state, DropReplicas command, ClusterContext context) {
    mustBeUnmanaged(state, ReplicaAction.DROP);
    Draft draft = new Draft(state, context);
    for (String name : new LinkedHashSet<>(command.names())) {
      Optional<Replica> replica = state.replica(name);
      if (replica.isPresent()) {
        draft.add(new ReplicaDropped(replica.get().id(), context.occasion()));
      } else {
        rejectIf(!command.ifExists(), new Rejection.ReplicaUnknown(name));
        draft.notice(new Notice.ReplicaDoesNotExist(name));
      }
    }
    return draft.accept();
  }

  static Decision<ClusterEvent> rename(ClusterState.Live state, RenameReplica command) {
    mustBeUnmanaged(state, ReplicaAction.RENAME);
    Optional<Replica> replica = state.replica(command.name());
    if (replica.isEmpty()) {
      return command.ifExists()
          ? Decision.noticed(new Notice.ReplicaDoesNotExist(command.name()))
          : Decision.rejected(new Rejection.ReplicaUnknown(command.name()));
    }
    rejectIf(
        state.replica(command.newName()).isPresent(),
        new Rejection.ReplicaNameTaken(command.newName()));
    return Decision.accepted(
        List.of(new ReplicaRenamed(replica.get().id(), command.name(), command.newName())));
  }

  private static void mustBeUnmanaged(ClusterState.Live state, ReplicaAction action) {
    rejectIf(state.managed().isPresent(), new Rejection.ReplicasAreManaged(action));
  }
}

package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.RejectedException.rejectIf;

import dev.muster.actors.decision.Decision;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.ClusterCommand.Alter;
import dev.muster.api.command.ClusterCommand.CommentOn;
import dev.muster.api.command.ClusterCommand.Create;
import dev.muster.api.command.ClusterCommand.CreateReplica;
import dev.muster.api.command.ClusterCommand.Drop;
import dev.muster.api.command.ClusterCommand.DropReplicas;
import dev.muster.api.command.ClusterCommand.DropReplicasById;
import dev.muster.api.command.ClusterCommand.RenameReplica;
import dev.muster.api.command.Rejection;
import dev.muster.journal.JournalFailure;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ClusterCreated;
import dev.muster.journal.event.ClusterEvent.ClusterDropped;
import dev.muster.journal.event.ClusterEvent.CommentChanged;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides what a command does to a cluster. Same state, command and context: same decision. */
public final class ClusterDecider {
  private ClusterDecider() {}

  public static Decision<ClusterEvent> decide(
      ClusterState state, ClusterCommand command, ClusterContext context) {
    try {
      Decision<ClusterEvent> decision =
          switch (state) {
            case ClusterState.Absent absent -> absent(absent, command, context);
            case ClusterState.Live live -> live(live, command, context);
            case ClusterState.Dropped ignored -> gone(command);
          };
      checkCredits(state, decision, context);
      return decision;
    } catch (RejectedException e) {
      return Decision.rejected(e.rejection());
    }
  }

  /** Of what a statement asks for; Muster by itself keeps what was declared. */
  private static void checkCredits(
      ClusterState state, Decision<ClusterEvent> decision, ClusterContext context) {
    if (context.isUnasked()
        || context.rules().credits().limit().isEmpty()
        || !(decision instanceof Decision.Accepted<ClusterEvent> accepted)) {
      return;
    }
    ClusterState after = state;
    for (ClusterEvent event : accepted.events()) {
      after = after.evolve(context.now(), event);
    }
    context.rules().credits().check(CreditLimit.rate(after), CreditLimit.rate(state));
  }

  /** Before its creation a cluster is, to everybody but the environment, not there. */
  private static Decision<ClusterEvent> absent(
      ClusterState.Absent state, ClusterCommand command, ClusterContext context) {
    return command instanceof Create create ? create(state, create, context) : gone(command);
  }

  /** What the environment leads may be repeated: whatever is gone already is done. */
  private static Decision<ClusterEvent> gone(ClusterCommand command) {
    return switch (command) {
      case Drop ignored -> Decision.nothing();
      case DropReplicasById ignored -> Decision.nothing();
      case Create ignored -> Decision.rejected(new Rejection.ClusterGone());
      case Alter ignored -> Decision.rejected(new Rejection.ClusterGone());
      case CreateReplica ignored -> Decision.rejected(new Rejection.ClusterGone());
      case DropReplicas ignored -> Decision.rejected(new Rejection.ClusterGone());
      case RenameReplica ignored -> Decision.rejected(new Rejection.ClusterGone());
      case CommentOn ignored -> Decision.rejected(new Rejection.ClusterGone());
    };
  }

  private static Decision<ClusterEvent> live(
      ClusterState.Live state, ClusterCommand command, ClusterContext context) {
    return switch (command) {
      case Create create -> begun(state, create, context);
      case Drop ignored -> drop(state, context);
      case DropReplicasById drop -> dropById(state, drop, context);
      case Alter alter -> {
        mustBeOwner(context);
        yield AlterDecider.decide(state, alter, context);
      }
      case CreateReplica create -> {
        mustBeOwner(context);
        yield ReplicaDecider.create(state, create, context);
      }
      case DropReplicas drop -> {
        mustBeOwner(context);
        yield ReplicaDecider.drop(state, drop, context);
      }
      case RenameReplica rename -> {
        mustBeOwner(context);
        yield ReplicaDecider.rename(state, rename);
      }
      case CommentOn comment -> {
        mustBeOwner(context);
        yield comment(state, comment);
      }
    };
  }

  /** System clusters are altered by the system only. The front door knows the cluster's name. */
  private static void mustBeOwner(ClusterContext context) {
    rejectIf(
        context.id().isSystem() && !context.by().role().equals(Origin.SYSTEM.role()),
        new Rejection.MustBeOwner(context.id().value()));
  }

  private static Decision<ClusterEvent> create(
      ClusterState state, Create create, ClusterContext context) {
    ConfigurationRules rules = new ConfigurationRules(context.rules());
    Draft draft = new Draft(state, context);
    switch (create.configuration()) {
      case Managed managed -> {
        rules.all(managed);
        draft.add(new ClusterCreated(context.id(), managed));
        draft.reconcile();
        rules.spreadNotice(managed.size()).ifPresent(draft::notice);
        rules.burstNotice(managed).ifPresent(draft::notice);
      }
      case Unmanaged unmanaged -> {
        draft.add(new ClusterCreated(context.id(), unmanaged));
        for (ReplicaPlan plan : create.replicas()) {
          rejectIf(
              draft.live().replica(plan.name()).isPresent(),
              new Rejection.ReplicaNameTaken(plan.name()));
          rules.replica(plan);
          draft.add(plan);
        }
        rules.limitByHand(create.replicas().size(), 0);
      }
    }
    return draft.accept();
  }

  /** Begun already is done; but of another cluster's events nothing is claimed to be this one. */
  private static Decision<ClusterEvent> begun(
      ClusterState.Live state, Create create, ClusterContext context) {
    return isOf(state, create)
        ? Decision.nothing()
        : Decision.rejected(
            new Rejection.JournalFailed(
                JournalFailure.DAMAGED,
                "it has events of another cluster "
                    + context.id().value()
                    + ", of "
                    + state.createdAt().instant()));
  }

  /**
   * Whether this is what the creation makes. Until it has finished, no statement reaches the
   * cluster; what Muster has decided by itself meanwhile is no difference.
   */
  private static boolean isOf(ClusterState.Live state, Create create) {
    return switch (create.configuration()) {
      case Managed wanted ->
          state.managed().map(ClusterDecider::asDeclared).equals(Optional.of(asDeclared(wanted)));
      case Unmanaged ignored ->
          state.managed().isEmpty()
              && state.replicas().stream()
                  .map(Replica::name)
                  .collect(Collectors.toSet())
                  .equals(
                      create.replicas().stream()
                          .map(ReplicaPlan::name)
                          .collect(Collectors.toSet()));
    };
  }

  private static Managed asDeclared(Managed managed) {
    Managed unscheduled =
        managed.schedule() instanceof Schedule.Manual ? managed : managed.withReplicationFactor(0);
    return unscheduled
        .sizeRange()
        .map(range -> unscheduled.withSize(range.minSize()))
        .orElse(unscheduled);
  }

  private static Decision<ClusterEvent> drop(ClusterState.Live state, ClusterContext context) {
    Draft draft = new Draft(state, context);
    for (Replica replica : state.replicas()) {
      draft.add(new ReplicaDropped(replica.id(), context.occasion()));
    }
    draft.add(new ClusterDropped());
    return draft.accept();
  }

  /**
   * The environment decided the drop when the cluster was unmanaged; it may have been converted
   * since, and a managed cluster has its replicas back at once. What the kernel cannot add, as when
   * the size has left the catalogue, does not stand in the way of the drop.
   */
  private static Decision<ClusterEvent> dropById(
      ClusterState.Live state, DropReplicasById drop, ClusterContext context) {
    Draft draft = dropped(state, drop, context);
    if (draft.isEmpty() || state.managed().isEmpty()) {
      return draft.accept();
    }
    try {
      draft.reconcile();
      return draft.accept();
    } catch (RejectedException e) {
      return dropped(state, drop, context).accept();
    }
  }

  private static Draft dropped(
      ClusterState.Live state, DropReplicasById drop, ClusterContext context) {
    Draft draft = new Draft(state, context);
    for (Replica replica : state.replicas()) {
      if (drop.ids().contains(replica.id())) {
        draft.add(new ReplicaDropped(replica.id(), context.occasion()));
      }
    }
    return draft;
  }

  private static Decision<ClusterEvent> comment(ClusterState.Live state, CommentOn comment) {
    Optional<Replica> replica = comment.replicaName().map(name -> replica(state, name));
    Optional<String> current = replica.map(Replica::comment).orElse(state.comment());
    if (current.equals(comment.comment())) {
      return Decision.nothing();
    }
    Optional<ReplicaId> id = replica.map(Replica::id);
    return Decision.accepted(List.of(new CommentChanged(id, comment.comment())));
  }

  private static Replica replica(ClusterState.Live state, String name) {
    return state
        .replica(name)
        .orElseThrow(() -> new RejectedException(new Rejection.ReplicaUnknown(name)));
  }
}

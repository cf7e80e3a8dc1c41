package dev.muster.actors.environment;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterDecider;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.placement.Zones;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.EnvironmentCommand.BringZoneBack;
import dev.muster.api.command.EnvironmentCommand.ChangeOwner;
import dev.muster.api.command.EnvironmentCommand.CommentOnRole;
import dev.muster.api.command.EnvironmentCommand.CreateCluster;
import dev.muster.api.command.EnvironmentCommand.DropClusters;
import dev.muster.api.command.EnvironmentCommand.DropReplicas;
import dev.muster.api.command.EnvironmentCommand.RenameCluster;
import dev.muster.api.command.EnvironmentCommand.SetSystemParameter;
import dev.muster.api.command.EnvironmentCommand.SwapClusters;
import dev.muster.api.command.EnvironmentCommand.TakeZoneOut;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterOwnerChanged;
import dev.muster.journal.event.EnvironmentEvent.ReplicaDropStarted;
import dev.muster.journal.event.EnvironmentEvent.RoleCommentChanged;
import dev.muster.journal.event.EnvironmentEvent.SystemParameterChanged;
import dev.muster.journal.event.EnvironmentEvent.ZoneBroughtBack;
import dev.muster.journal.event.EnvironmentEvent.ZoneTakenOut;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Role;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a command does to the environment. Same state, command and context: same decision.
 */
public final class EnvironmentDecider {
  private EnvironmentDecider() {}

  public static Decision<EnvironmentEvent> decide(
      EnvironmentState state, EnvironmentCommand command, EnvironmentContext context) {
    return switch (command) {
      case CreateCluster create -> create(state, create, context);
      case DropClusters drop -> drop(state, drop);
      case DropReplicas drop -> dropReplicas(state, drop);
      case RenameCluster rename -> NameDecider.rename(state, rename);
      case SwapClusters swap -> NameDecider.swap(state, swap);
      case ChangeOwner change -> changeOwner(state, change);
      case CommentOnRole comment -> commentOnRole(state, comment);
      case SetSystemParameter set -> setParameter(state, set);
      case TakeZoneOut out -> takeZoneOut(state, out, context.rules().zones());
      case BringZoneBack back -> bringZoneBack(state, back, context.rules().zones());
    };
  }

  /** One at least is left: without any there is nothing to take refuge in. */
  private static Decision<EnvironmentEvent> takeZoneOut(
      EnvironmentState state, TakeZoneOut command, Zones zones) {
    String zone = command.zone();
    if (!zones.isConfigured(zone)) {
      return Decision.rejected(new Rejection.ZoneUnknown(zone));
    }
    if (state.zoneOutages().containsKey(zone)) {
      return Decision.rejected(new Rejection.ZoneNotInService(zone));
    }
    boolean last =
        zones.configured().stream()
            .allMatch(other -> other.equals(zone) || state.zoneOutages().containsKey(other));
    return last
        ? Decision.rejected(new Rejection.LastZone(zone))
        : Decision.accepted(List.of(new ZoneTakenOut(zone, command.reason())));
  }

  /** One that is configured no longer may be brought back, too: to be done with it. */
  private static Decision<EnvironmentEvent> bringZoneBack(
      EnvironmentState state, BringZoneBack command, Zones zones) {
    String zone = command.zone();
    if (state.zoneOutages().containsKey(zone)) {
      return Decision.accepted(List.of(new ZoneBroughtBack(zone)));
    }
    return Decision.rejected(
        zones.isConfigured(zone)
            ? new Rejection.ZoneInService(zone)
            : new Rejection.ZoneUnknown(zone));
  }

  private static Decision<EnvironmentEvent> create(
      EnvironmentState state, CreateCluster create, EnvironmentContext context) {
    if (NameDecider.isReserved(create.name())) {
      return Decision.rejected(new Rejection.ClusterNameReserved(create.name()));
    }
    if (state.cluster(create.name()).isPresent()) {
      return create.ifNotExists()
          ? Decision.noticed(new Notice.ClusterAlreadyExists(create.name()))
          : Decision.rejected(new Rejection.ClusterExists(create.name()));
    }
    if (state.role(create.owner()).isEmpty()) {
      return Decision.rejected(new Rejection.RoleUnknown(create.owner()));
    }
    ClusterId id = ClusterId.user(state.lastUserId() + 1);
    return switch (askCluster(id, create, context)) {
      case Decision.Rejected<ClusterEvent> rejected -> Decision.rejected(rejected.rejection());
      case Decision.Accepted<ClusterEvent> accepted ->
          new Decision.Accepted<>(
              List.of(
                  new ClusterCreationStarted(
                      id,
                      create.name(),
                      create.owner(),
                      create.configuration(),
                      create.replicas())),
              accepted.notices());
    };
  }

  private static Decision<ClusterEvent> askCluster(
      ClusterId id, CreateCluster create, EnvironmentContext context) {
    return ClusterDecider.decide(
        new ClusterState.Absent(),
        new ClusterCommand.Create(create.configuration(), create.replicas()),
        new ClusterContext(id, context.now(), context.by(), context.rules()));
  }

  /** All of them or none; a name given twice is dropped once. */
  private static Decision<EnvironmentEvent> drop(EnvironmentState state, DropClusters drop) {
    List<ClusterId> ids = new ArrayList<>();
    List<Notice> notices = new ArrayList<>();
    for (String name : new LinkedHashSet<>(drop.names())) {
      Optional<ClusterEntry> entry = state.cluster(name);
      if (entry.isEmpty() && drop.ifExists()) {
        notices.add(new Notice.ClusterDoesNotExist(name));
      } else if (entry.isEmpty()) {
        return Decision.rejected(new Rejection.ClusterUnknown(name));
      } else if (entry.get().id().isSystem()) {
        return Decision.rejected(new Rejection.MustBeOwner(name));
      } else {
        ids.add(entry.get().id());
      }
    }
    return new Decision.Accepted<>(
        ids.isEmpty() ? List.of() : List.of(new ClusterDropStarted(ids)), notices);
  }

  private static Decision<EnvironmentEvent> dropReplicas(
      EnvironmentState state, DropReplicas drop) {
    for (ReplicaId id : drop.ids()) {
      Optional<ClusterEntry> entry = state.cluster(id.cluster());
      if (entry.isEmpty()) {
        // Its name went with it.
        return Decision.rejected(new Rejection.ClusterUnknown(id.cluster().value()));
      }
      if (id.cluster().isSystem()) {
        return Decision.rejected(new Rejection.MustBeOwner(entry.get().name()));
      }
    }
    Set<ReplicaId> fresh = new LinkedHashSet<>(drop.ids());
    fresh.removeAll(state.replicaDrops());
    return fresh.isEmpty()
        ? Decision.nothing()
        : Decision.accepted(List.of(new ReplicaDropStarted(List.copyOf(fresh))));
  }

  private static Decision<EnvironmentEvent> changeOwner(
      EnvironmentState state, ChangeOwner change) {
    Optional<ClusterEntry> entry = state.cluster(change.name());
    if (entry.isEmpty()) {
      return change.ifExists()
          ? Decision.noticed(new Notice.ClusterDoesNotExist(change.name()))
          : Decision.rejected(new Rejection.ClusterUnknown(change.name()));
    }
    if (entry.get().id().isSystem()) {
      return Decision.rejected(new Rejection.MustBeOwner(change.name()));
    }
    if (state.role(change.newOwner()).isEmpty()) {
      return Decision.rejected(new Rejection.RoleUnknown(change.newOwner()));
    }
    String oldOwner = entry.get().owner();
    return oldOwner.equals(change.newOwner())
        ? Decision.nothing()
        : Decision.accepted(
            List.of(new ClusterOwnerChanged(entry.get().id(), oldOwner, change.newOwner())));
  }

  /** A limit below what is in use ends nothing: it refuses what would add to it. */
  private static Decision<EnvironmentEvent> setParameter(
      EnvironmentState state, SetSystemParameter set) {
    Optional<String> old = Optional.ofNullable(state.parameters().get(set.name()));
    return old.equals(set.value())
        ? Decision.nothing()
        : Decision.accepted(List.of(new SystemParameterChanged(set.name(), old, set.value())));
  }

  private static Decision<EnvironmentEvent> commentOnRole(
      EnvironmentState state, CommentOnRole comment) {
    Optional<Role> role = state.role(comment.role());
    if (role.isEmpty()) {
      return Decision.rejected(new Rejection.RoleUnknown(comment.role()));
    }
    return role.get().comment().equals(comment.comment())
        ? Decision.nothing()
        : Decision.accepted(List.of(new RoleCommentChanged(comment.role(), comment.comment())));
  }
}

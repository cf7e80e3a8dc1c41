package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What happened to the environment: names, owners, roles, parameters, and the lead of create and
 * drop.
 */
public sealed interface EnvironmentEvent extends JournalEvent {
  /** The environment began. */
  record EnvironmentInitialized(String environmentId) implements EnvironmentEvent {}

  /**
   * The name is taken and the id given; the cluster itself does not exist before its own first
   * event. Finished, or finished after a crash, by {@link ClusterCreationFinished}.
   *
   * @param replicas of an unmanaged cluster, in the order given
   */
  record ClusterCreationStarted(
      ClusterId id,
      String name,
      String owner,
      ClusterConfiguration configuration,
      List<ReplicaPlan> replicas)
      implements EnvironmentEvent {
    public ClusterCreationStarted {
      replicas = List.copyOf(replicas);
    }
  }

  record ClusterCreationFinished(ClusterId id) implements EnvironmentEvent {}

  /**
   * The names are free again at once; each cluster ends by its own event, reported by {@link
   * ClusterDropFinished}.
   */
  record ClusterDropStarted(List<ClusterId> ids) implements EnvironmentEvent {
    public ClusterDropStarted {
      ids = List.copyOf(ids);
    }
  }

  record ClusterDropFinished(ClusterId id) implements EnvironmentEvent {}

  /**
   * Replicas of several clusters are dropped by one statement, all or none: decided here, carried
   * out by each cluster.
   */
  record ReplicaDropStarted(List<ReplicaId> ids) implements EnvironmentEvent {
    public ReplicaDropStarted {
      ids = List.copyOf(ids);
    }
  }

  record ReplicaDropFinished(List<ReplicaId> ids) implements EnvironmentEvent {
    public ReplicaDropFinished {
      ids = List.copyOf(ids);
    }
  }

  /**
   * A rename, a swap, or several swaps of one transaction: always one event.
   *
   * @param timesApart whether each change has a timestamp, the last of them the event's own; not so
   *     in events of version 1
   */
  record ClusterNamesChanged(List<NameChange> changes, boolean timesApart)
      implements EnvironmentEvent {
    public ClusterNamesChanged {
      changes = List.copyOf(changes);
    }

    public ClusterNamesChanged(List<NameChange> changes) {
      this(changes, true);
    }

    @Override
    public int times() {
      return timesApart ? Math.max(1, changes.size()) : 1;
    }
  }

  record ClusterOwnerChanged(ClusterId id, String oldOwner, String newOwner)
      implements EnvironmentEvent {}

  /**
   * A role began.
   *
   * @param id {@code s1, ...} for those of the system, {@code u1, ...} for those of users
   */
  record RoleCreated(String id, String name, boolean superuser, boolean login, boolean inherit)
      implements EnvironmentEvent {}

  /**
   * An availability zone is out of service from now on: what ran in it is lost, and nothing is
   * placed in it.
   *
   * @param reason what was said about it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record ZoneTakenOut(String zone, Optional<String> reason) implements EnvironmentEvent {}

  /** An availability zone is in service again. */
  record ZoneBroughtBack(String zone) implements EnvironmentEvent {}

  /**
   * A parameter of the whole environment was set, or is as configured again when empty.
   *
   * @param name as {@code SHOW} knows it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record SystemParameterChanged(String name, Optional<String> oldValue, Optional<String> newValue)
      implements EnvironmentEvent {}

  /**
   * How far the hash chains of clusters' events had come, of those that moved since they were last
   * told of: whatever is missing from their ends since is found by it. A witness, no change.
   */
  record ChainsCheckpointed(List<ChainHead> heads) implements EnvironmentEvent {
    public ChainsCheckpointed {
      heads = List.copyOf(heads);
    }
  }

  /** A comment on a role was set, or removed when empty. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record RoleCommentChanged(String role, Optional<String> comment) implements EnvironmentEvent {}
}

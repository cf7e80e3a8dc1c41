package dev.muster.api.command;

import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be asked of the environment. */
public sealed interface EnvironmentCommand {
  /** Answered when the cluster exists and every reader can see it. */
  record CreateCluster(
      String name,
      String owner,
      ClusterConfiguration configuration,
      List<ReplicaPlan> replicas,
      boolean ifNotExists)
      implements EnvironmentCommand {
    public CreateCluster {
      replicas = List.copyOf(replicas);
    }
  }

  /** All of them or none. */
  record DropClusters(List<String> names, boolean ifExists) implements EnvironmentCommand {
    public DropClusters {
      names = List.copyOf(names);
    }
  }

  /** Replicas of several clusters, which were seen to be droppable; all of them or none. */
  record DropReplicas(List<ReplicaId> ids) implements EnvironmentCommand {
    public DropReplicas {
      ids = List.copyOf(ids);
    }
  }

  record RenameCluster(String name, String newName, boolean ifExists)
      implements EnvironmentCommand {}

  /** One or several swaps, in the order given, as one change. */
  record SwapClusters(List<Swap> swaps) implements EnvironmentCommand {
    public SwapClusters {
      swaps = List.copyOf(swaps);
    }
  }

  /** A pair of names that change places. */
  record Swap(String name, String otherName) {}

  record ChangeOwner(String name, String newOwner, boolean ifExists)
      implements EnvironmentCommand {}

  /**
   * Takes an availability zone out of service, as if it were lost.
   *
   * @param reason what is said about it
   */
  record TakeZoneOut(String zone, Optional<String> reason) implements EnvironmentCommand {}

  record BringZoneBack(String zone) implements EnvironmentCommand {}

  /**
   * Sets a parameter of the whole environment, or removes it when empty.
   *
   * @param name one that {@link SystemParameter} knows
   */
  record SetSystemParameter(String name, Optional<String> value) implements EnvironmentCommand {}

  /** Sets a comment on a role, or removes it when empty. */
  record CommentOnRole(String role, Optional<String> comment) implements EnvironmentCommand {}

  /** The names of clusters that it is about, whether there are such clusters or not. */
  default List<String> names() {
    return switch (this) {
      case CreateCluster create -> List.of(create.name());
      case DropClusters drop -> drop.names();
      case RenameCluster rename -> List.of(rename.name(), rename.newName());
      case SwapClusters swap ->
          swap.swaps().stream().flatMap(s -> Stream.of(s.name(), s.otherName())).toList();
      case ChangeOwner change -> List.of(change.name());
      case DropReplicas ignored -> List.of();
      case TakeZoneOut ignored -> List.of();
      case BringZoneBack ignored -> List.of();
      case SetSystemParameter ignored -> List.of();
      case CommentOnRole ignored -> List.of();
    };
  }
}

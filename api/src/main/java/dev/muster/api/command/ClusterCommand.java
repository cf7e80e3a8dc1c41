package dev.muster.api.command;

import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What can be asked of one cluster. {@link Create}, {@link Drop} and {@link DropReplicasById} come
 * from the environment, which leads them, and may be repeated without harm; the others come from
 * clients.
 */
public sealed interface ClusterCommand {
  /** Begins the cluster; done already is done. */
  record Create(ClusterConfiguration configuration, List<ReplicaPlan> replicas)
      implements ClusterCommand {
    public Create {
      replicas = List.copyOf(replicas);
    }
  }

  /** Ends the cluster and all its replicas; done already is done. */
  record Drop() implements ClusterCommand {}

  /**
   * {@code ALTER CLUSTER ... SET / RESET}. A cleared option goes back to its default.
   *
   * @param managed {@code MANAGED} given as true or false; converts where the cluster is not so
   *     already
   * @param introspectionInterval an empty value turns introspection off
   */
  record Alter(
      Optional<Boolean> managed,
      Patch<String> size,
      Patch<Integer> replicationFactor,
      Patch<List<String>> availabilityZones,
      Patch<Optional<Duration>> introspectionInterval,
      Patch<Boolean> introspectionDebugging,
      Patch<Integer> idleArrangementMergeEffort,
      Patch<Boolean> disk,
      Patch<Schedule> schedule,
      Patch<AutoScalingStrategy> autoScaling,
      Patch<String> minSize,
      Patch<String> maxSize,
      WaitPolicy waitPolicy)
      implements ClusterCommand {}

  record CreateReplica(ReplicaPlan replica, boolean ifNotExists) implements ClusterCommand {}

  /** All of them or none. */
  record DropReplicas(List<String> names, boolean ifExists) implements ClusterCommand {
    public DropReplicas {
      names = List.copyOf(names);
    }
  }

  /**
   * Decided by the environment for several clusters at once: whatever of it is still there goes,
   * unconditionally.
   */
  record DropReplicasById(List<ReplicaId> ids) implements ClusterCommand {
    public DropReplicasById {
      ids = List.copyOf(ids);
    }
  }

  record RenameReplica(String name, String newName, boolean ifExists) implements ClusterCommand {}

  /** Sets a comment, or removes it when empty; on the cluster itself where no replica is named. */
  record CommentOn(Optional<String> replicaName, Optional<String> comment)
      implements ClusterCommand {}
}

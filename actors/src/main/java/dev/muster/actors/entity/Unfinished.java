package dev.muster.actors.entity;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.EnvironmentState;
import java.util.Optional;
import java.util.function.Predicate;

/** What a command has to do with what the environment has begun and not finished. */
final class Unfinished {
  private Unfinished() {}

  /**
   * Whether it is about a name whose cluster is being created, and which nobody can see yet: who
   * was told now that it is taken, or that it was moved, looks, and finds nothing, would have been
   * told something untrue.
   */
  static boolean meets(EnvironmentCommand command, EnvironmentState state) {
    return command.names().stream()
        .anyMatch(name -> state.cluster(name).flatMap(ClusterEntry::creating).isPresent());
  }

  /** What must be done before a statement that changes nothing can be said to have taken effect. */
  static Predicate<Task> concerns(EnvironmentCommand command, EnvironmentState state) {
    return switch (command) {
      case EnvironmentCommand.CreateCluster create -> {
        Optional<ClusterId> id = state.cluster(create.name()).map(ClusterEntry::id);
        yield task -> task instanceof Task.Creation && id.equals(Optional.of(task.cluster()));
      }
      case EnvironmentCommand.DropReplicas drop ->
          task ->
              task instanceof Task.ReplicaDrop open
                  && open.ids().stream().anyMatch(drop.ids()::contains);
      case EnvironmentCommand.DropClusters ignored -> task -> false;
      case EnvironmentCommand.RenameCluster ignored -> task -> false;
      case EnvironmentCommand.SwapClusters ignored -> task -> false;
      case EnvironmentCommand.ChangeOwner ignored -> task -> false;
      case EnvironmentCommand.CommentOnRole ignored -> task -> false;
      case EnvironmentCommand.TakeZoneOut ignored -> task -> false;
      case EnvironmentCommand.BringZoneBack ignored -> task -> false;
      case EnvironmentCommand.SetSystemParameter ignored -> task -> false;
    };
  }
}

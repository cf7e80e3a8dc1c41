package dev.muster.api.sql.statement;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.journal.event.ClusterId;

/** What a resolved statement asks, and of whom: not yet sent. */
public sealed interface Change {
  /** There is nothing to do; notices have said why. */
  record Nothing() implements Change {}

  record OfEnvironment(EnvironmentCommand command) implements Change {
    /** The cluster that the environment may speak of without naming it. */
    public String subject() {
      return switch (command) {
        case EnvironmentCommand.CreateCluster create -> create.name();
        case EnvironmentCommand.RenameCluster rename -> rename.name();
        case EnvironmentCommand.ChangeOwner change -> change.name();
        case EnvironmentCommand.DropClusters drop -> String.join(", ", drop.names());
        case EnvironmentCommand.SwapClusters swap -> swap.swaps().getFirst().name();
        case EnvironmentCommand.DropReplicas ignored -> "";
        case EnvironmentCommand.CommentOnRole ignored -> "";
        case EnvironmentCommand.TakeZoneOut ignored -> "";
        case EnvironmentCommand.BringZoneBack ignored -> "";
        case EnvironmentCommand.SetSystemParameter ignored -> "";
      };
    }
  }

  /**
   * @param name what the user called the cluster, for the messages
   */
  record OfCluster(ClusterId id, String name, ClusterCommand command) implements Change {}
}

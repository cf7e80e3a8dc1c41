package dev.muster.api.sql.statement;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.journal.event.ClusterId;

/** What a resolved statement asks, and of whom: not yet sent. */
public sealed interface Change {
  /** There is nothing to do; notices have said why. */
  record Nothing() implements Change {}

  record OfEnvironment(EnvironmentCommand command) implements Change {}

  /**
   * @param name what the user called the cluster, for the messages
   */
  record OfCluster(ClusterId id, String name, ClusterCommand command) implements Change {}
}

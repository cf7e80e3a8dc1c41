package dev.muster.actors.explain;

import dev.muster.api.command.ClusterCommand;

/** What a cluster's part in a plan begins with. */
sealed interface Beginning {
  /** The cluster is told something. */
  record Asked(ClusterCommand command) implements Beginning {}

  /**
   * Other zones are in service.
   *
   * @param zone the one that is so no longer, and all that runs in it is lost; or that is so again
   */
  record Rezoned(String zone, boolean lost) implements Beginning {}

  /** The cluster is concerned, and its replicas are not. */
  record Unchanged() implements Beginning {}
}

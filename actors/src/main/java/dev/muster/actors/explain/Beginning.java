package dev.muster.actors.explain;

import dev.muster.api.command.ClusterCommand;
import java.util.Optional;

/** What a cluster's part in a plan begins with. */
sealed interface Beginning {
  /** The cluster is told something. */
  record Asked(ClusterCommand command) implements Beginning {}

  /**
   * Other zones are in service.
   *
   * @param lost the one that is so no longer, and all that runs in it
   */
  record Rezoned(Optional<String> lost) implements Beginning {}

  /** The cluster is concerned, and its replicas are not. */
  record Unchanged() implements Beginning {}
}

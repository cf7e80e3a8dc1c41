package dev.muster.actors.placement;

import dev.muster.journal.event.ReplicaWait;

/** What becomes of a replica that looks for a place. */
public sealed interface Place {
  /** Where it is; for one that waits, where it would like to be. */
  String zone();

  /**
   * It has one.
   *
   * @param host empty where hosts are not told apart
   */
  record At(String zone, String host) implements Place {}

  record Waits(String zone, ReplicaWait why) implements Place {}
}

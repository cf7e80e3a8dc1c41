package dev.muster.actors.replica;

/**
 * What a cluster's entity tells the supervisor of one of its replicas. Not sealed: what stands in
 * for a supervisor in tests adds messages of its own.
 *
 * <p>An actor that is stopped without {@link Stop}, as when its cluster's entity moves to another
 * node or the process ends, leaves its replica running: the next supervisor adopts it (invariant
 * 8).
 */
public interface SupervisorCommand {
  /**
   * The replica was dropped: stop it, gracefully, and everything of it. Answered by {@link
   * ReplicaReport.Gone}, after which the supervisor stops. May come again without harm.
   */
  record Stop() implements SupervisorCommand {}

  /** The replica has another name. The one that runs goes on; its next start is told the name. */
  record Rename(String name) implements SupervisorCommand {}
}

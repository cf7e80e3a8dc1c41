package dev.muster.actors.gather;

import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The membership as a node sees it, by names that tell an incarnation from the one before it at the
 * same address.
 */
interface Members {
  /** A member that may have rows. */
  record Peer(String hostAndPort, ActorRef<GatherMessage> actor) {}

  String self();

  /**
   * Those that may have rows, of entities or of replicas: from the moment on in which they are up,
   * until removed. Members that are there for something else are not asked for what they have not.
   */
  Map<String, Peer> withRows();

  /** All, from the moment on in which they join, until removed. */
  Set<String> all();

  /** Whether this node is one of them, and up. */
  boolean isMember();
}

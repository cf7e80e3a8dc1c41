package dev.muster.deploy;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;
import org.apache.pekko.management.javadsl.PekkoManagement;

/**
 * Finds the other nodes and joins their cluster, or founds one where there is none: Pekko's cluster
 * bootstrap. Whoever was found is asked over HTTP which cluster he is in. A cluster is founded by
 * the one with the lowest address alone, when as many as are needed were found, and all of them
 * have said that they are in none. So a node that has lost its memory joins those who have not.
 */
final class NodeDiscovery {
  private NodeDiscovery() {}

  /** Answers the others from now on, and looks for them until this node is a member. */
  static void start(ActorSystem<?> system) {
    PekkoManagement.get(Adapter.toClassic(system)).start();
    ClusterBootstrap.get(Adapter.toClassic(system)).start();
  }
}

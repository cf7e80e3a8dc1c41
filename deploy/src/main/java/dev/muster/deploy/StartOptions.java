package dev.muster.deploy;

import dev.muster.actors.membership.NodeRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a node was told on the command line. Ports of 0 take a free one.
 *
 * @param runtime {@code process}, {@code kubernetes} or {@code simulated}
 */
record StartOptions(
    Path dataDirectory,
    String host,
    int sqlPort,
    int internalSqlPort,
    int httpPort,
    List<String> zones,
    String runtime,
    Optional<Path> configuration,
    Optional<Membership> membership) {
  StartOptions {
    zones = List.copyOf(zones);
  }

  /**
   * What a node among several is told.
   *
   * @param number of the node, from 0; no other node has it
   * @param zone the one that it plays
   * @param address that other nodes reach it at, {@code HOST:PORT}
   * @param seeds addresses of nodes to join; the first of them begins. None where the others are
   *     discovered
   * @param discovery how the others are found, where no seeds are given
   * @param cassandra addresses of Cassandra's nodes
   * @param form whether it founds a cluster, whatever it was a member of before
   * @param roles what the node is there for
   */
  record Membership(
      int number,
      String zone,
      String address,
      List<String> seeds,
      Optional<Discovery> discovery,
      List<String> cassandra,
      boolean form,
      Set<NodeRole> roles) {
    Membership {
      seeds = List.copyOf(seeds);
      cassandra = List.copyOf(cassandra);
      roles = Set.copyOf(roles);
    }

    boolean hasRole(NodeRole role) {
      return roles.contains(role);
    }
  }

  /**
   * How a node finds the others.
   *
   * @param contactPoints where nodes are asked which cluster they are in, {@code HOST:PORT}; none
   *     where the method finds them
   * @param needed that many nodes, itself included, must be found before a cluster is founded
   * @param address where this node answers that question, {@code HOST:PORT}
   */
  record Discovery(Method method, List<String> contactPoints, int needed, String address) {
    Discovery {
      contactPoints = List.copyOf(contactPoints);
    }

    /** Where contact points come from. */
    enum Method {
      /** The command line names them. */
      CONFIG("config"),
      /** They are the pods with a label. */
      KUBERNETES_API("kubernetes-api");

      private final String label;

      Method(String label) {
        this.label = label;
      }

      /** As the user spells it, and the library. */
      @Override
      public String toString() {
        return label;
      }
    }
  }

  /** Whether the node is there for that; a single one is there for everything. */
  boolean hasRole(NodeRole role) {
    return membership.map(member -> member.hasRole(role)).orElse(true);
  }
}

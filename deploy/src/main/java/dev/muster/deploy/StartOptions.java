package dev.muster.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
   * @param seeds addresses of nodes to join; the first of them begins
   * @param cassandra addresses of Cassandra's nodes
   * @param form whether it founds a cluster, whatever it was a member of before
   */
  record Membership(
      int number,
      String zone,
      String address,
      List<String> seeds,
      List<String> cassandra,
      boolean form) {
    Membership {
      seeds = List.copyOf(seeds);
      cassandra = List.copyOf(cassandra);
    }
  }
}

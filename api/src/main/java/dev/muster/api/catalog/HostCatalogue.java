package dev.muster.api.catalog;

import java.util.List;
import java.util.Optional;

/**
 * The zones and hosts of this installation as they are configured, for the catalog to show.
 *
 * @param zones of the whole installation, whichever node plays them
 * @param hosts by zone, in the order of the configuration; at least one for each zone
 * @param takings what a replica of each size takes of its host
 */
public record HostCatalogue(List<String> zones, List<Host> hosts, List<Taking> takings) {
  /** Nothing is known of hosts. */
  public static final HostCatalogue EMPTY = new HostCatalogue(List.of(), List.of(), List.of());

  public HostCatalogue {
    zones = List.copyOf(zones);
    hosts = List.copyOf(hosts);
    takings = List.copyOf(takings);
  }

  /**
   * A host.
   *
   * @param cpuNanoCores what it has to give; empty is no limit
   * @param memoryBytes the same
   */
  public record Host(
      String name, String zone, Optional<Long> cpuNanoCores, Optional<Long> memoryBytes) {}

  /** What a replica of a size takes. */
  public record Taking(String size, long cpuNanoCores, long memoryBytes) {}
}

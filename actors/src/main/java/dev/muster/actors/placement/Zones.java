package dev.muster.actors.placement;

import dev.muster.journal.event.ClusterId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The availability zones of this installation.
 *
 * @param configured all that can be asked for, in the order of the configuration; at least one
 * @param usable those in service, with a live host
 */
public record Zones(List<String> configured, Set<String> usable) {
  public Zones {
    configured = List.copyOf(configured);
    usable = Set.copyOf(usable);
    if (configured.isEmpty()) {
      throw new IllegalArgumentException("at least one availability zone must be configured");
    }
  }

  /** All configured zones are usable. */
  public static Zones of(List<String> configured) {
    return new Zones(configured, Set.copyOf(configured));
  }

  public boolean isConfigured(String zone) {
    return configured.contains(zone);
  }

  /** What a list of zones permits, where an empty one permits all. */
  public List<String> permitted(List<String> availabilityZones) {
    return availabilityZones.isEmpty()
        ? configured
        : availabilityZones.stream().distinct().toList();
  }

  /** Whether what stands in the zone can be reached, and something may be placed there. */
  public boolean isUsable(String zone) {
    return usable.contains(zone);
  }

  /**
   * Whether it is one of ours and out of service. What stands in a zone that is configured no
   * longer, as after a start with other zones, may go on serving and is left alone.
   */
  public boolean isLost(String zone) {
    return isConfigured(zone) && !isUsable(zone);
  }

  /**
   * Where a replica may be, in the order of preference among equals. The order begins at another
   * zone for each cluster, so that many clusters of one replica do not all crowd the first zone.
   */
  public List<String> order(List<String> availabilityZones, ClusterId cluster) {
    List<String> order = new ArrayList<>(permitted(availabilityZones));
    List<String> inService = new ArrayList<>(order);
    inService.retainAll(usable);
    if (!inService.isEmpty()) {
      order = inService;
    }
    Collections.rotate(order, -(int) ((cluster.number() - 1) % order.size()));
    return List.copyOf(order);
  }
}

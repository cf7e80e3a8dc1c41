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
 * @param usable those with a live host
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

  /**
   * Where a new replica may go, in the order of preference among equals: the permitted zones that
   * are usable, or all permitted ones where none is. The order begins at another zone for each
   * cluster, so that many clusters of one replica do not all crowd the first zone.
   */
  public List<String> candidates(List<String> availabilityZones, ClusterId cluster) {
    List<String> permitted = permitted(availabilityZones);
    List<String> candidates = new ArrayList<>(permitted);
    candidates.retainAll(usable);
    if (candidates.isEmpty()) {
      candidates.addAll(permitted);
    }
    Collections.rotate(candidates, -(int) ((cluster.number() - 1) % candidates.size()));
    return candidates;
  }
}

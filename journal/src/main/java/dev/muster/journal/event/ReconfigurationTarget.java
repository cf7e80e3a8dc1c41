package dev.muster.journal.event;

import dev.muster.journal.event.ClusterConfiguration.Managed;
import java.util.List;

/**
 * What a reconfiguration moves a managed cluster to, or from: that part of the configuration which
 * decides what its replicas are like, and how many there are.
 *
 * @param availabilityZones the zones to use, in the order given; empty means all
 */
public record ReconfigurationTarget(
    String size, int replicationFactor, List<String> availabilityZones, ReplicaSettings settings) {
  public ReconfigurationTarget {
    availabilityZones = List.copyOf(availabilityZones);
  }

  /** That part of a configuration. */
  public static ReconfigurationTarget of(Managed configuration) {
    return new ReconfigurationTarget(
        configuration.size(),
        configuration.replicationFactor(),
        configuration.availabilityZones(),
        configuration.settings());
  }

  /** The configuration with this part put in. */
  public Managed applyTo(Managed configuration) {
    return new Managed(
        size,
        replicationFactor,
        availabilityZones,
        settings,
        configuration.schedule(),
        configuration.autoScaling(),
        configuration.sizeRange());
  }
}

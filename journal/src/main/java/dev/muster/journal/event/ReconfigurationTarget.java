package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import java.util.List;
import java.util.Optional;

/**
 * What a reconfiguration moves a managed cluster to, or from: that part of the configuration which
 * decides what its replicas are like, and how many there are, and what the same statement changes
 * beside it.
 *
 * @param availabilityZones the zones to use, in the order given; empty means all
 * @param automation in force from the cut-over on, and never where there is none; empty where it
 *     stays as it is
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ReconfigurationTarget(
    String size,
    int replicationFactor,
    List<String> availabilityZones,
    ReplicaSettings settings,
    Optional<Automation> automation) {
  public ReconfigurationTarget {
    availabilityZones = List.copyOf(availabilityZones);
  }

  public ReconfigurationTarget(
      String size,
      int replicationFactor,
      List<String> availabilityZones,
      ReplicaSettings settings) {
    this(size, replicationFactor, availabilityZones, settings, Optional.empty());
  }

  /** That part of a configuration which is about replicas. */
  public static ReconfigurationTarget of(Managed configuration) {
    return new ReconfigurationTarget(
        configuration.size(),
        configuration.replicationFactor(),
        configuration.availabilityZones(),
        configuration.settings());
  }

  public ReconfigurationTarget with(Optional<Automation> newAutomation) {
    return new ReconfigurationTarget(
        size, replicationFactor, availabilityZones, settings, newAutomation);
  }

  /** Whether both want the same replicas. */
  public boolean sameReplicas(ReconfigurationTarget other) {
    return with(Optional.empty()).equals(other.with(Optional.empty()));
  }

  /** The configuration with this part put in. */
  public Managed applyTo(Managed configuration) {
    Managed replicas =
        new Managed(
            size,
            replicationFactor,
            availabilityZones,
            settings,
            configuration.schedule(),
            configuration.autoScaling(),
            configuration.sizeRange());
    return automation.map(changed -> changed.applyTo(replicas)).orElse(replicas);
  }
}

package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** What a cluster was declared to be. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ClusterConfiguration.Managed.class, name = "managed"),
  @JsonSubTypes.Type(value = ClusterConfiguration.Unmanaged.class, name = "unmanaged")
})
public sealed interface ClusterConfiguration {
  /**
   * Muster keeps the replicas {@code r1..rN} of one size.
   *
   * @param size the one realized now; where there is a range, Muster chose it
   * @param availabilityZones the zones to use, in the order given; empty means all
   * @param sizeRange where Muster moves the size with the load; empty where the user set it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Managed(
      String size,
      int replicationFactor,
      List<String> availabilityZones,
      ReplicaSettings settings,
      Schedule schedule,
      Optional<AutoScalingStrategy> autoScaling,
      Optional<SizeRange> sizeRange)
      implements ClusterConfiguration {
    public Managed {
      availabilityZones = List.copyOf(availabilityZones);
    }

    public Managed withSize(String newSize) {
      return new Managed(
          newSize,
          replicationFactor,
          availabilityZones,
          settings,
          schedule,
          autoScaling,
          sizeRange);
    }

    public Managed withReplicationFactor(int newFactor) {
      return new Managed(
          size, newFactor, availabilityZones, settings, schedule, autoScaling, sizeRange);
    }

    public Managed withAvailabilityZones(List<String> newZones) {
      return new Managed(
          size, replicationFactor, newZones, settings, schedule, autoScaling, sizeRange);
    }

    public Managed withSettings(ReplicaSettings newSettings) {
      return new Managed(
          size,
          replicationFactor,
          availabilityZones,
          newSettings,
          schedule,
          autoScaling,
          sizeRange);
    }

    public Managed withSchedule(Schedule newSchedule) {
      return new Managed(
          size,
          replicationFactor,
          availabilityZones,
          settings,
          newSchedule,
          autoScaling,
          sizeRange);
    }

    public Managed withAutoScaling(Optional<AutoScalingStrategy> newStrategy) {
      return new Managed(
          size, replicationFactor, availabilityZones, settings, schedule, newStrategy, sizeRange);
    }

    public Managed withSizeRange(Optional<SizeRange> newRange) {
      return new Managed(
          size, replicationFactor, availabilityZones, settings, schedule, autoScaling, newRange);
    }
  }

  /** Replicas are created and dropped by hand. */
  record Unmanaged() implements ClusterConfiguration {}
}

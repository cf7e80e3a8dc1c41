package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import java.util.Optional;

/**
 * That part of a managed cluster's configuration by which Muster changes the cluster by itself.
 *
 * @param sizeRange where Muster moves the size with the load; empty where the user set it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Automation(
    Schedule schedule, Optional<AutoScalingStrategy> autoScaling, Optional<SizeRange> sizeRange) {

  /** That part of a configuration. */
  public static Automation of(Managed configuration) {
    return new Automation(
        configuration.schedule(), configuration.autoScaling(), configuration.sizeRange());
  }

  /** The configuration with this part put in. */
  public Managed applyTo(Managed configuration) {
    return configuration
        .withSchedule(schedule)
        .withAutoScaling(autoScaling)
        .withSizeRange(sizeRange);
  }
}

package dev.muster.api.audit;

import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.event.SizeRange;
import java.time.Duration;
import java.util.Map;

/** What was declared, as the details of an audit event show it. */
final class Configurations {
  private Configurations() {}

  static Map<String, Object> of(ClusterConfiguration configuration) {
    return switch (configuration) {
      case ClusterConfiguration.Unmanaged ignored -> new Details().with("managed", false).values();
      case ClusterConfiguration.Managed managed ->
          new Details()
              .with("managed", true)
              .with("size", managed.size())
              .with("replication_factor", managed.replicationFactor())
              .with("availability_zones", managed.availabilityZones())
              .with("settings", of(managed.settings()))
              .with("schedule", of(managed.schedule()))
              .with("auto_scaling_strategy", managed.autoScaling().map(Configurations::of))
              .with("size_range", managed.sizeRange().map(Configurations::of))
              .values();
    };
  }

  static Map<String, Object> of(ReconfigurationTarget target) {
    return new Details()
        .with("size", target.size())
        .with("replication_factor", target.replicationFactor())
        .with("availability_zones", target.availabilityZones())
        .with("settings", of(target.settings()))
        .values();
  }

  static Map<String, Object> of(ReplicaSettings settings) {
    return new Details()
        .with("introspection_interval", settings.introspectionInterval().map(Duration::toString))
        .with("introspection_debugging", settings.introspectionDebugging())
        .with("idle_arrangement_merge_effort", settings.idleArrangementMergeEffort())
        .with("disk", settings.disk())
        .values();
  }

  static Map<String, Object> of(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Manual ignored -> new Details().with("type", "manual").values();
      case Schedule.OnRefresh refresh ->
          new Details()
              .with("type", "on-refresh")
              .with(
                  "hydration_time_estimate",
                  refresh.hydrationTimeEstimate().map(Duration::toString))
              .values();
    };
  }

  static Map<String, Object> of(AutoScalingStrategy strategy) {
    return new Details()
        .with("hydration_size", strategy.hydrationSize())
        .with("linger_duration", strategy.lingerDuration().map(Duration::toString))
        .values();
  }

  static Map<String, Object> of(SizeRange range) {
    return new Details()
        .with("min_size", range.minSize())
        .with("max_size", range.maxSize())
        .values();
  }
}

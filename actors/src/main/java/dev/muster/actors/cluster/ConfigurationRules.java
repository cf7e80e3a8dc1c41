package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.RejectedException.rejectIf;

import dev.muster.actors.reconcile.SizeSteps;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.event.SizeRange;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a configuration must be like, whoever asks for it. */
final class ConfigurationRules {
  private final ClusterRules rules;

  ConfigurationRules(ClusterRules rules) {
    this.rules = rules;
  }

  void size(String size) {
    rejectIf(rules.sizes().find(size).isEmpty(), new Rejection.SizeUnknown(size));
  }

  void zones(List<String> availabilityZones) {
    Set<String> named = new HashSet<>();
    for (String zone : availabilityZones) {
      rejectIf(!named.add(zone), new Rejection.ZoneRepeated(zone));
      rejectIf(!rules.zones().isConfigured(zone), new Rejection.ZoneUnknown(zone));
    }
  }

  /** Only a statement that asks for more is held to the limit. */
  void limit(int desired, int current) {
    limit(desired, current, rules.maxReplicasPerCluster());
  }

  /**
   * Replicas by hand may be twice as many: the design document resizes a cluster by hand, the new
   * replicas beside the old, and a cluster at its limit must be resizable too.
   */
  void limitByHand(int desired, int current) {
    limit(desired, current, 2 * rules.maxReplicasPerCluster());
  }

  private static void limit(int desired, int current, int limit) {
    rejectIf(
        desired > current && desired > limit,
        new Rejection.TooManyReplicas(desired, limit, current));
  }

  /** Of the strategy and what it must agree with. */
  void autoScaling(Managed configuration) {
    Optional<AutoScalingStrategy> strategy = configuration.autoScaling();
    if (strategy.isEmpty()) {
      return;
    }
    rejectIf(
        !(configuration.schedule() instanceof Schedule.Manual),
        new Rejection.AutoScalingWithSchedule());
    String hydrationSize = strategy.get().hydrationSize();
    size(hydrationSize);
    rejectIf(
        configuration.sizeRange().isEmpty() && hydrationSize.equals(configuration.size()),
        new Rejection.HydrationSizeEqualsSize(hydrationSize));
  }

  /** Of a cluster whose size follows its load. */
  void sizeRange(Managed configuration) {
    if (configuration.sizeRange().isEmpty()) {
      return;
    }
    SizeRange range = configuration.sizeRange().get();
    rejectIf(
        !(configuration.schedule() instanceof Schedule.Manual),
        new Rejection.SizeRangeWithSchedule());
    size(range.minSize());
    size(range.maxSize());
    rejectIf(
        rules.sizes().between(range.minSize(), range.maxSize()).isEmpty(),
        new Rejection.SizeRangeEmpty(range));
    rejectIf(
        !SizeSteps.of(range, rules.sizes()).contains(configuration.size()),
        new Rejection.SizeOutOfRange(configuration.size(), range));
  }

  /** The configuration with the nearest size that its range permits. */
  Managed intoRange(Managed configuration) {
    return configuration
        .sizeRange()
        .map(range -> SizeSteps.of(range, rules.sizes()).nearest(configuration.size()))
        .map(configuration::withSize)
        .orElse(configuration);
  }

  void all(Managed configuration) {
    size(configuration.size());
    sizeRange(configuration);
    zones(configuration.availabilityZones());
    autoScaling(configuration);
    limit(configuration.replicationFactor(), 0);
  }

  void replica(ReplicaPlan plan) {
    size(plan.size());
    plan.billedAs().ifPresent(this::size);
    zones(plan.availabilityZone().map(List::of).orElse(List.of()));
  }

  /** The notice that a burst is no faster than what it helps out, where it is. */
  Optional<Notice> burstNotice(Managed configuration) {
    return configuration
        .autoScaling()
        .flatMap(strategy -> rules.sizes().find(strategy.hydrationSize()))
        .filter(
            burst ->
                rules
                    .sizes()
                    .find(configuration.size())
                    .filter(steady -> ReplicaSize.BY_EXTENT.compare(burst, steady) <= 0)
                    .isPresent())
        .map(burst -> new Notice.HydrationSizeNotLarger(burst.name(), configuration.size()));
  }

  /** The notice that the spread over zones is best effort, where it is. */
  Optional<Notice> spreadNotice(String size) {
    return rules
        .sizes()
        .find(size)
        .filter(known -> !known.zoneSpread())
        .map(known -> new Notice.ZoneSpreadNotGuaranteed(known.name()));
  }
}

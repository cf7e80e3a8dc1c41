package dev.muster.api.sql.analysis;

import dev.muster.api.sql.tree.Option;
import dev.muster.api.sql.tree.OptionName;
import dev.muster.api.sql.tree.OptionValue;
import dev.muster.api.sql.tree.ReplicaName;
import dev.muster.api.sql.tree.Statement;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.event.SizeRange;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The opposite of {@link ClusterAnalysis}: the statement that makes a cluster like this one. */
public final class ClusterDefinition {
  private ClusterDefinition() {}

  public static Statement.CreateCluster of(String name, ClusterState.Live cluster) {
    return of(
        name,
        cluster.configuration(),
        cluster.replicas().stream().map(ClusterDefinition::plan).toList());
  }

  /**
   * @param replicas of an unmanaged cluster
   */
  public static Statement.CreateCluster of(
      String name, ClusterConfiguration configuration, List<ReplicaPlan> replicas) {
    List<Option> options =
        switch (configuration) {
          case ClusterConfiguration.Managed managed -> managed(managed);
          case ClusterConfiguration.Unmanaged ignored -> unmanaged(replicas);
        };
    return new Statement.CreateCluster(name, false, options);
  }

  /** The replica as a statement would ask for it. */
  public static ReplicaPlan plan(Replica replica) {
    return new ReplicaPlan(
        replica.name(),
        replica.size(),
        replica.zonePinned() ? Optional.of(replica.zone()) : Optional.empty(),
        replica.settings(),
        replica.internal(),
        replica.billedAs());
  }

  /** What makes a replica like this one. */
  public static Statement.CreateReplica of(String cluster, ReplicaPlan replica) {
    return new Statement.CreateReplica(
        new ReplicaName(cluster, replica.name()), false, options(replica));
  }

  private static List<Option> managed(ClusterConfiguration.Managed managed) {
    List<Option> options = new ArrayList<>();
    if (!managed.availabilityZones().isEmpty()) {
      options.add(
          Option.of(
              OptionName.AVAILABILITY_ZONES,
              new OptionValue.Items(
                  managed.availabilityZones().stream()
                      .<OptionValue>map(OptionValue.Text::new)
                      .toList())));
    }
    options.addAll(settings(managed.settings()));
    options.add(Option.of(OptionName.MANAGED, new OptionValue.Flag(true)));
    managed.sizeRange().ifPresent(range -> options.addAll(sizeRange(range)));
    if (managed.schedule() instanceof Schedule.Manual) {
      options.add(
          Option.of(
              OptionName.REPLICATION_FACTOR,
              new OptionValue.Number(Integer.toString(managed.replicationFactor()))));
    }
    if (managed.sizeRange().isEmpty()) {
      options.add(Option.of(OptionName.SIZE, new OptionValue.Text(managed.size())));
    }
    options.add(Option.of(OptionName.SCHEDULE, schedule(managed.schedule())));
    managed
        .autoScaling()
        .ifPresent(
            strategy ->
                options.add(Option.of(OptionName.AUTO_SCALING_STRATEGY, strategy(strategy))));
    return options;
  }

  private static List<Option> sizeRange(SizeRange range) {
    return List.of(
        Option.of(OptionName.MAX_SIZE, new OptionValue.Text(range.maxSize())),
        Option.of(OptionName.MIN_SIZE, new OptionValue.Text(range.minSize())));
  }

  private static List<Option> unmanaged(List<ReplicaPlan> replicas) {
    return List.of(
        Option.of(OptionName.MANAGED, new OptionValue.Flag(false)),
        Option.of(
            OptionName.REPLICAS,
            new OptionValue.Replicas(replicas.stream().map(ClusterDefinition::replica).toList())));
  }

  private static OptionValue.ReplicaDefinition replica(ReplicaPlan replica) {
    return new OptionValue.ReplicaDefinition(replica.name(), options(replica));
  }

  private static List<Option> options(ReplicaPlan replica) {
    List<Option> options = new ArrayList<>();
    replica
        .availabilityZone()
        .ifPresent(
            zone ->
                options.add(Option.of(OptionName.AVAILABILITY_ZONE, new OptionValue.Text(zone))));
    replica
        .billedAs()
        .ifPresent(
            size -> options.add(Option.of(OptionName.BILLED_AS, new OptionValue.Text(size))));
    if (replica.internal()) {
      options.add(Option.bare(OptionName.INTERNAL));
    }
    options.addAll(settings(replica.settings()));
    options.add(Option.of(OptionName.SIZE, new OptionValue.Text(replica.size())));
    return options;
  }

  private static List<Option> settings(ReplicaSettings settings) {
    List<Option> options = new ArrayList<>();
    settings
        .disk()
        .ifPresent(disk -> options.add(Option.of(OptionName.DISK, new OptionValue.Flag(disk))));
    settings
        .idleArrangementMergeEffort()
        .ifPresent(
            effort ->
                options.add(
                    Option.of(
                        OptionName.IDLE_ARRANGEMENT_MERGE_EFFORT,
                        new OptionValue.Number(effort.toString()))));
    options.add(
        Option.of(
            OptionName.INTROSPECTION_DEBUGGING,
            new OptionValue.Flag(settings.introspectionDebugging())));
    options.add(
        Option.of(
            OptionName.INTROSPECTION_INTERVAL,
            interval(settings.introspectionInterval().orElse(Duration.ZERO))));
    return options;
  }

  /** The value of an interval option. */
  public static OptionValue interval(Duration duration) {
    return new OptionValue.Interval(Durations.format(duration));
  }

  /** The value of {@code SCHEDULE}. */
  public static OptionValue schedule(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Manual ignored -> new OptionValue.Manual();
      case Schedule.OnRefresh refresh ->
          new OptionValue.OnRefresh(
              refresh.hydrationTimeEstimate().map(ClusterDefinition::interval));
    };
  }

  /** The value of {@code AUTO SCALING STRATEGY}. */
  public static OptionValue strategy(AutoScalingStrategy strategy) {
    List<OptionValue.StrategyOption> options = new ArrayList<>();
    options.add(
        new OptionValue.StrategyOption(
            OptionValue.StrategyOptionName.HYDRATION_SIZE,
            new OptionValue.Text(strategy.hydrationSize())));
    Optional<Duration> linger = strategy.lingerDuration();
    linger.ifPresent(
        duration ->
            options.add(
                new OptionValue.StrategyOption(
                    OptionValue.StrategyOptionName.LINGER_DURATION, interval(duration))));
    return new OptionValue.OnHydration(options);
  }
}

package dev.muster.api.sql.analysis;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Patch;
import dev.muster.api.command.WaitPolicy;
import dev.muster.api.error.RejectionMessages;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.api.sql.tree.Option;
import dev.muster.api.sql.tree.OptionName;
import dev.muster.api.sql.tree.OptionValue;
import dev.muster.api.sql.tree.WaitClause;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.event.SizeRange;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the options of a cluster ask for. */
public final class ClusterAnalysis {
  /** Options that an unmanaged cluster cannot have. */
  private static final Set<OptionName> MANAGED_ONLY =
      EnumSet.of(
          OptionName.AUTO_SCALING_STRATEGY,
          OptionName.AVAILABILITY_ZONES,
          OptionName.DISK,
          OptionName.IDLE_ARRANGEMENT_MERGE_EFFORT,
          OptionName.INTROSPECTION_DEBUGGING,
          OptionName.INTROSPECTION_INTERVAL,
          OptionName.MAX_SIZE,
          OptionName.MIN_SIZE,
          OptionName.REPLICATION_FACTOR,
          OptionName.SIZE);

  private ClusterAnalysis() {}

  /** What {@code CREATE CLUSTER} makes. */
  public record NewCluster(ClusterConfiguration configuration, List<ReplicaPlan> replicas) {
    public NewCluster {
      replicas = List.copyOf(replicas);
    }
  }

  /**
   * Managed where neither {@code MANAGED} nor {@code REPLICAS} says otherwise.
   *
   * @param system whether the system itself asks
   */
  public static NewCluster create(List<Option> given, boolean system) {
    OptionReader options = checked(given);
    boolean managed =
        options.flag(OptionName.MANAGED).orElseGet(() -> !options.has(OptionName.REPLICAS));
    return managed ? managed(options) : unmanaged(options, system);
  }

  private static OptionReader checked(List<Option> given) {
    OptionReader options = new OptionReader(given);
    if (options.has(OptionName.WORKLOAD_CLASS)) {
      throw SqlErrors.error(SqlErrors.FEATURE_NOT_SUPPORTED, "WORKLOAD CLASS is not supported");
    }
    if (options.has(OptionName.SIZE)
        && (options.has(OptionName.MIN_SIZE) || options.has(OptionName.MAX_SIZE))) {
      throw SqlErrors.invalid("SIZE cannot be given together with MIN SIZE and MAX SIZE");
    }
    return options;
  }

  /** Of a cluster that begins. */
  private static Optional<SizeRange> sizeRange(OptionReader options) {
    Optional<String> min = options.text(OptionName.MIN_SIZE);
    Optional<String> max = options.text(OptionName.MAX_SIZE);
    if (min.isPresent() != max.isPresent()) {
      throw new SqlException(RejectionMessages.sizeRangeIncomplete());
    }
    return min.flatMap(smallest -> max.map(largest -> new SizeRange(smallest, largest)));
  }

  private static NewCluster managed(OptionReader options) {
    if (options.has(OptionName.REPLICAS)) {
      throw SqlErrors.invalid("REPLICAS not supported for managed clusters");
    }
    Optional<SizeRange> range = sizeRange(options);
    String size =
        options
            .text(OptionName.SIZE)
            .or(() -> range.map(SizeRange::minSize))
            .orElseThrow(() -> SqlErrors.invalid("SIZE must be specified for managed clusters"));
    Schedule schedule = schedule(options).orElseGet(Schedule.Manual::new);
    Optional<Integer> factor = options.count(OptionName.REPLICATION_FACTOR);
    boolean manual = schedule instanceof Schedule.Manual;
    if (!manual && factor.isPresent()) {
      throw SqlErrors.invalid(RejectionMessages.FACTOR_WITH_SCHEDULE);
    }
    return new NewCluster(
        new ClusterConfiguration.Managed(
            size,
            factor.orElse(manual ? 1 : 0), // a schedule turns its cluster on by itself
            options.texts(OptionName.AVAILABILITY_ZONES).orElse(List.of()),
            ReplicaAnalysis.settings(options),
            schedule,
            autoScaling(options).flatMap(strategy -> strategy),
            range),
        List.of());
  }

  private static NewCluster unmanaged(OptionReader options, boolean system) {
    if (!(options.value(OptionName.REPLICAS).orElse(null)
        instanceof OptionValue.Replicas replicas)) {
      throw SqlErrors.invalid("REPLICAS must be specified for unmanaged clusters");
    }
    refuseManagedOnly(options);
    return new NewCluster(
        new ClusterConfiguration.Unmanaged(),
        replicas.definitions().stream()
            .map(replica -> ReplicaAnalysis.plan(replica.name(), replica.options(), system))
            .toList());
  }

  private static void refuseManagedOnly(OptionReader options) {
    for (OptionName name : MANAGED_ONLY) {
      if (options.has(name)) {
        throw SqlErrors.invalid(name.sql() + " not supported for unmanaged clusters");
      }
    }
    if (schedule(options).filter(wanted -> !(wanted instanceof Schedule.Manual)).isPresent()) {
      throw SqlErrors.invalid(
          "cluster schedules other than MANUAL are not supported for unmanaged clusters");
    }
  }

  /** What {@code ALTER CLUSTER .. SET} asks of a cluster. */
  public static ClusterCommand.Alter alter(List<Option> given, Optional<WaitClause> waitClause) {
    OptionReader options = checked(given);
    Optional<Boolean> managed = options.flag(OptionName.MANAGED);
    if (options.has(OptionName.REPLICAS)) {
      throw SqlErrors.error(
              SqlErrors.FEATURE_NOT_SUPPORTED, "REPLICAS cannot be changed by ALTER CLUSTER")
          .withHint("Use CREATE CLUSTER REPLICA and DROP CLUSTER REPLICA.");
    }
    if (managed.filter(wanted -> !wanted).isPresent()) {
      refuseManagedOnly(options);
    }
    Optional<Schedule> schedule = schedule(options);
    if (options.has(OptionName.REPLICATION_FACTOR)
        && schedule.filter(wanted -> !(wanted instanceof Schedule.Manual)).isPresent()) {
      throw SqlErrors.invalid(RejectionMessages.FACTOR_WITH_SCHEDULE);
    }
    return new ClusterCommand.Alter(
        managed,
        patch(options.text(OptionName.SIZE)),
        patch(options.count(OptionName.REPLICATION_FACTOR)),
        patch(options.texts(OptionName.AVAILABILITY_ZONES)),
        patch(options.interval(OptionName.INTROSPECTION_INTERVAL)),
        patch(options.flag(OptionName.INTROSPECTION_DEBUGGING)),
        patch(options.count(OptionName.IDLE_ARRANGEMENT_MERGE_EFFORT)),
        patch(options.flag(OptionName.DISK)),
        patch(schedule),
        autoScaling(options)
            .map(strategy -> strategy.map(Patch::set).orElseGet(Patch::clear))
            .orElseGet(Patch::keep),
        patch(options.text(OptionName.MIN_SIZE)),
        patch(options.text(OptionName.MAX_SIZE)),
        waitClause.map(WaitAnalysis::policy).orElseGet(WaitPolicy.Unspecified::new));
  }

  private static <T> Patch<T> patch(Optional<T> value) {
    return value.map(Patch::set).orElseGet(Patch::keep);
  }

  /** What {@code ALTER CLUSTER .. RESET} asks of a cluster. {@code MANAGED} is the default. */
  public static ClusterCommand.Alter reset(List<OptionName> names) {
    Set<OptionName> reset = EnumSet.noneOf(OptionName.class);
    for (OptionName name : names) {
      if (!reset.add(name)) {
        throw SqlErrors.error(SqlErrors.SYNTAX_ERROR, name.sql() + " specified more than once");
      }
    }
    if (reset.contains(OptionName.REPLICAS)) {
      throw SqlErrors.invalid("REPLICAS has no default value");
    }
    if (reset.contains(OptionName.WORKLOAD_CLASS)) {
      throw SqlErrors.error(SqlErrors.FEATURE_NOT_SUPPORTED, "WORKLOAD CLASS is not supported");
    }
    return new ClusterCommand.Alter(
        reset.contains(OptionName.MANAGED) ? Optional.of(true) : Optional.empty(),
        clear(reset, OptionName.SIZE),
        clear(reset, OptionName.REPLICATION_FACTOR),
        clear(reset, OptionName.AVAILABILITY_ZONES),
        clear(reset, OptionName.INTROSPECTION_INTERVAL),
        clear(reset, OptionName.INTROSPECTION_DEBUGGING),
        clear(reset, OptionName.IDLE_ARRANGEMENT_MERGE_EFFORT),
        clear(reset, OptionName.DISK),
        clear(reset, OptionName.SCHEDULE),
        clear(reset, OptionName.AUTO_SCALING_STRATEGY),
        clear(reset, OptionName.MIN_SIZE),
        clear(reset, OptionName.MAX_SIZE),
        new WaitPolicy.Unspecified());
  }

  private static <T> Patch<T> clear(Set<OptionName> reset, OptionName name) {
    return reset.contains(name) ? Patch.clear() : Patch.keep();
  }

  private static Optional<Schedule> schedule(OptionReader options) {
    return options
        .value(OptionName.SCHEDULE)
        .map(
            value ->
                value instanceof OptionValue.OnRefresh refresh
                    ? new Schedule.OnRefresh(
                        refresh
                            .hydrationTimeEstimate()
                            .map(e -> OptionReader.durationOf("HYDRATION TIME ESTIMATE", e)))
                    : new Schedule.Manual());
  }

  /** Empty where the option was not given; an empty strategy where it was given as {@code ()}. */
  private static Optional<Optional<AutoScalingStrategy>> autoScaling(OptionReader options) {
    return options
        .value(OptionName.AUTO_SCALING_STRATEGY)
        .map(
            value ->
                value instanceof OptionValue.OnHydration strategy
                    ? Optional.of(WaitAnalysis.strategy(strategy))
                    : Optional.empty());
  }
}

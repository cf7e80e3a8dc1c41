package dev.muster.api.replay;

import dev.muster.api.sql.analysis.ClusterDefinition;
import dev.muster.api.sql.tree.Option;
import dev.muster.api.sql.tree.OptionName;
import dev.muster.api.sql.tree.OptionValue;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options that make one configuration of another: what was not given first, then the rest. */
final class ManagedChange {
  private ManagedChange() {}

  /** Options that go back to their defaults, which cannot be given in any other way. */
  static List<OptionName> reset(Managed from, Managed to) {
    List<OptionName> reset = new ArrayList<>();
    if (resetsStrategy(from, to)) {
      reset.add(OptionName.AUTO_SCALING_STRATEGY);
    }
    if (!from.availabilityZones().isEmpty() && to.availabilityZones().isEmpty()) {
      reset.add(OptionName.AVAILABILITY_ZONES);
    }
    if (isGone(from.settings().disk(), to.settings().disk())) {
      reset.add(OptionName.DISK);
    }
    if (isGone(
        from.settings().idleArrangementMergeEffort(), to.settings().idleArrangementMergeEffort())) {
      reset.add(OptionName.IDLE_ARRANGEMENT_MERGE_EFFORT);
    }
    if (isGone(from.sizeRange(), to.sizeRange())) {
      reset.add(OptionName.MAX_SIZE);
      reset.add(OptionName.MIN_SIZE);
    }
    return reset;
  }

  /**
   * Where the range goes, the strategy goes with it, to be given again with the size: its own size
   * may be the one that Muster chose within the range, which nobody may choose without a range.
   */
  private static boolean resetsStrategy(Managed from, Managed to) {
    return isGone(from.autoScaling(), to.autoScaling())
        || from.autoScaling().isPresent() && isGone(from.sizeRange(), to.sizeRange());
  }

  private static boolean isGone(Optional<?> from, Optional<?> to) {
    return from.isPresent() && to.isEmpty();
  }

  /** Options with the values that they had. */
  static List<Option> set(Managed from, Managed to) {
    List<Option> set = new ArrayList<>();
    to.autoScaling()
        .filter(
            strategy -> resetsStrategy(from, to) || !from.autoScaling().equals(to.autoScaling()))
        .ifPresent(
            strategy ->
                set.add(
                    Option.of(
                        OptionName.AUTO_SCALING_STRATEGY, ClusterDefinition.strategy(strategy))));
    if (!to.availabilityZones().isEmpty()
        && !to.availabilityZones().equals(from.availabilityZones())) {
      set.add(
          Option.of(
              OptionName.AVAILABILITY_ZONES,
              new OptionValue.Items(
                  to.availabilityZones().stream()
                      .<OptionValue>map(OptionValue.Text::new)
                      .toList())));
    }
    settings(from.settings(), to.settings(), set);
    to.sizeRange()
        .filter(range -> !from.sizeRange().equals(to.sizeRange()))
        .ifPresent(
            range -> {
              set.add(Option.of(OptionName.MAX_SIZE, new OptionValue.Text(range.maxSize())));
              set.add(Option.of(OptionName.MIN_SIZE, new OptionValue.Text(range.minSize())));
            });
    // Under a schedule Muster chooses the factor, and may have chosen another by then.
    boolean byHand = to.schedule() instanceof Schedule.Manual;
    boolean factorKnown =
        from.schedule() instanceof Schedule.Manual
            && to.replicationFactor() == from.replicationFactor();
    if (byHand && !factorKnown) {
      set.add(
          Option.of(
              OptionName.REPLICATION_FACTOR,
              new OptionValue.Number(Integer.toString(to.replicationFactor()))));
    }
    if (!to.schedule().equals(from.schedule())) {
      set.add(Option.of(OptionName.SCHEDULE, ClusterDefinition.schedule(to.schedule())));
    }
    // What Muster chose is nobody's declaration: after a range has gone, the size is not known.
    boolean wasChosen = isGone(from.sizeRange(), to.sizeRange());
    if (to.sizeRange().isEmpty() && (wasChosen || !to.size().equals(from.size()))) {
      set.add(Option.of(OptionName.SIZE, new OptionValue.Text(to.size())));
    }
    return set;
  }

  private static void settings(ReplicaSettings from, ReplicaSettings to, List<Option> set) {
    to.disk()
        .filter(disk -> !from.disk().equals(to.disk()))
        .ifPresent(disk -> set.add(Option.of(OptionName.DISK, new OptionValue.Flag(disk))));
    to.idleArrangementMergeEffort()
        .filter(
            effort -> !from.idleArrangementMergeEffort().equals(to.idleArrangementMergeEffort()))
        .ifPresent(
            effort ->
                set.add(
                    Option.of(
                        OptionName.IDLE_ARRANGEMENT_MERGE_EFFORT,
                        new OptionValue.Number(effort.toString()))));
    // Where reports are turned off, it is not known whether they would be about themselves, too.
    boolean turnedOn =
        from.introspectionInterval().isEmpty() && to.introspectionInterval().isPresent();
    if (turnedOn || from.introspectionDebugging() != to.introspectionDebugging()) {
      set.add(
          Option.of(
              OptionName.INTROSPECTION_DEBUGGING,
              new OptionValue.Flag(to.introspectionDebugging())));
    }
    if (!from.introspectionInterval().equals(to.introspectionInterval())) {
      set.add(
          Option.of(
              OptionName.INTROSPECTION_INTERVAL,
              ClusterDefinition.interval(to.introspectionInterval().orElse(Duration.ZERO))));
    }
  }
}

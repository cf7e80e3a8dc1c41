package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.RejectedException.rejectIf;

import dev.muster.actors.decision.Decision;
import dev.muster.api.command.ClusterCommand.Alter;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Patch;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.AutoScalingChanged;
import dev.muster.journal.event.ClusterEvent.AvailabilityZonesChanged;
import dev.muster.journal.event.ClusterEvent.ConvertedToManaged;
import dev.muster.journal.event.ClusterEvent.ConvertedToUnmanaged;
import dev.muster.journal.event.ClusterEvent.ReplicationFactorChanged;
import dev.muster.journal.event.ClusterEvent.ScheduleChanged;
import dev.muster.journal.event.ClusterEvent.SettingsChanged;
import dev.muster.journal.event.ClusterEvent.SizeChanged;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.state.ClusterState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ALTER CLUSTER ... SET / RESET}: what changes, then one pass of the kernel. */
final class AlterDecider {
  private static final int DEFAULT_REPLICATION_FACTOR = 1;

  private AlterDecider() {}

  static Decision<ClusterEvent> decide(
      ClusterState.Live state, Alter alter, ClusterContext context) {
    boolean wasManaged = state.managed().isPresent();
    boolean shallBeManaged = alter.managed().orElse(wasManaged);
    if (!shallBeManaged) {
      optionsNeedManaged(alter);
      return wasManaged
          ? Decision.accepted(List.of(new ConvertedToUnmanaged()))
          : Decision.nothing();
    }
    Draft draft = new Draft(state, context);
    ConfigurationRules rules = new ConfigurationRules(context.rules());
    if (wasManaged) {
      change(state.managed().get(), alter, draft, rules);
    } else {
      convert(state, alter, draft, rules);
    }
    if (!draft.isEmpty()) {
      draft.reconcile();
    }
    if (!wasManaged) {
      noticeRecreated(state, draft);
    }
    if (waits(alter.waitPolicy()) && draft.dropsReplicas()) {
      draft.notice(new Notice.WaitNotSupported());
    }
    return draft.accept();
  }

  /** A conversion that moves all replicas is noticed as such by the draft; this is of some. */
  private static void noticeRecreated(ClusterState.Live before, Draft draft) {
    int recreated = draft.replicasAdded();
    boolean someStayed =
        draft.live().replicas().stream()
            .anyMatch(
                replica -> before.replicas().stream().anyMatch(r -> r.id().equals(replica.id())));
    if (recreated > 0 && someStayed) {
      draft.notice(new Notice.ReplicasRecreated(recreated));
    }
  }

  private static boolean waits(WaitPolicy policy) {
    return switch (policy) {
      case WaitPolicy.Unspecified ignored -> false;
      case WaitPolicy.For wait -> !wait.duration().isZero();
      case WaitPolicy.UntilReady ignored -> true;
    };
  }

  /** The first option that only managed clusters have, in the order of the manual. */
  private static void optionsNeedManaged(Alter alter) {
    Map<String, Patch<?>> options = new LinkedHashMap<>();
    options.put("SIZE", alter.size());
    options.put("REPLICATION FACTOR", alter.replicationFactor());
    options.put("AVAILABILITY ZONES", alter.availabilityZones());
    options.put("INTROSPECTION INTERVAL", alter.introspectionInterval());
    options.put("INTROSPECTION DEBUGGING", alter.introspectionDebugging());
    options.put("IDLE ARRANGEMENT MERGE EFFORT", alter.idleArrangementMergeEffort());
    options.put("DISK", alter.disk());
    options.put("SCHEDULE", alter.schedule());
    options.put("AUTO SCALING STRATEGY", alter.autoScaling());
    options.forEach(
        (option, patch) -> rejectIf(patch.isMentioned(), new Rejection.OptionNeedsManaged(option)));
  }

  private static void change(Managed old, Alter alter, Draft draft, ConfigurationRules rules) {
    rejectIf(alter.size() instanceof Patch.Clear<String>, new Rejection.NoDefault("SIZE"));
    Managed wanted = patched(old, alter);
    if (!wanted.size().equals(old.size())) {
      rules.size(wanted.size());
    }
    validate(old, wanted, rules);
    factorFitsSchedule(alter, wanted);
    rules.limit(wanted.replicationFactor(), old.replicationFactor());
    boolean sizeChanges = !wanted.size().equals(old.size());
    boolean factorRises = wanted.replicationFactor() > old.replicationFactor();
    addChanges(old, wanted, draft);
    if (sizeChanges || factorRises) {
      rules.spreadNotice(wanted.size()).ifPresent(draft::notice);
    }
  }

  /** What did not change was valid once, and does not stand in the way of what does. */
  private static void validate(Managed old, Managed wanted, ConfigurationRules rules) {
    if (!wanted.availabilityZones().equals(old.availabilityZones())) {
      rules.zones(wanted.availabilityZones());
    }
    boolean same =
        wanted.autoScaling().equals(old.autoScaling())
            && wanted.schedule().equals(old.schedule())
            && wanted.size().equals(old.size());
    if (!same) {
      rules.autoScaling(wanted);
    }
  }

  /** A schedule other than MANUAL decides by itself how many replicas there are. */
  private static void factorFitsSchedule(Alter alter, Managed wanted) {
    rejectIf(
        alter.replicationFactor() instanceof Patch.Set<Integer>
            && !(wanted.schedule() instanceof Schedule.Manual),
        new Rejection.FactorWithSchedule());
  }

  private static void addChanges(Managed old, Managed wanted, Draft draft) {
    if (!wanted.size().equals(old.size())) {
      draft.add(new SizeChanged(old.size(), wanted.size()));
    }
    if (wanted.replicationFactor() != old.replicationFactor()) {
      draft.add(new ReplicationFactorChanged(old.replicationFactor(), wanted.replicationFactor()));
    }
    if (!wanted.availabilityZones().equals(old.availabilityZones())) {
      draft.add(new AvailabilityZonesChanged(old.availabilityZones(), wanted.availabilityZones()));
    }
    if (!wanted.settings().equals(old.settings())) {
      draft.add(new SettingsChanged(old.settings(), wanted.settings()));
    }
    if (!wanted.schedule().equals(old.schedule())) {
      draft.add(new ScheduleChanged(old.schedule(), wanted.schedule()));
    }
    if (!wanted.autoScaling().equals(old.autoScaling())) {
      draft.add(new AutoScalingChanged(old.autoScaling(), wanted.autoScaling()));
    }
  }

  private static void convert(
      ClusterState.Live state, Alter alter, Draft draft, ConfigurationRules rules) {
    Managed wanted = patched(ConversionRules.converted(state, alter), alter);
    rules.size(wanted.size());
    rules.zones(wanted.availabilityZones());
    rules.autoScaling(wanted);
    factorFitsSchedule(alter, wanted);
    rules.limit(wanted.replicationFactor(), 0);
    draft.add(new ConvertedToManaged(wanted));
    rules.spreadNotice(wanted.size()).ifPresent(draft::notice);
  }

  private static Managed patched(Managed old, Alter alter) {
    return new Managed(
        alter.size().apply(old.size(), old::size),
        alter.replicationFactor().apply(old.replicationFactor(), () -> DEFAULT_REPLICATION_FACTOR),
        alter.availabilityZones().apply(old.availabilityZones(), List::of),
        patched(old.settings(), alter),
        alter.schedule().apply(old.schedule(), Schedule.Manual::new),
        patched(old.autoScaling(), alter.autoScaling()));
  }

  private static ReplicaSettings patched(ReplicaSettings old, Alter alter) {
    ReplicaSettings defaults = ReplicaSettings.DEFAULT;
    return new ReplicaSettings(
        alter
            .introspectionInterval()
            .apply(old.introspectionInterval(), defaults::introspectionInterval),
        alter
            .introspectionDebugging()
            .apply(old.introspectionDebugging(), defaults::introspectionDebugging),
        patched(old.idleArrangementMergeEffort(), alter.idleArrangementMergeEffort()),
        patched(old.disk(), alter.disk()));
  }

  private static <T> Optional<T> patched(Optional<T> old, Patch<T> patch) {
    return switch (patch) {
      case Patch.Keep<T> ignored -> old;
      case Patch.Clear<T> ignored -> Optional.empty();
      case Patch.Set<T> set -> Optional.of(set.value());
    };
  }
}

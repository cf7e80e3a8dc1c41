package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.RejectedException.rejectIf;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.reconcile.GracefulReconfiguration;
import dev.muster.actors.reconcile.HydrationBurst;
import dev.muster.actors.reconcile.ZoneRepair;
import dev.muster.api.command.ClusterCommand.Alter;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Patch;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.BurstEnd;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.BurstEnded;
import dev.muster.journal.event.ClusterEvent.ConvertedToManaged;
import dev.muster.journal.event.ClusterEvent.ConvertedToUnmanaged;
import dev.muster.journal.event.ClusterEvent.ReconfigurationCancelled;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaRenamed;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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
      return wasManaged ? release(state, context) : Decision.nothing();
    }
    ConfigurationRules rules = new ConfigurationRules(context.rules());
    if (wasManaged) {
      Managed declared = state.declared().orElseThrow();
      Managed wanted = wanted(declared, alter, rules);
      ChangePlan plan = new ChangePlan(state, wanted, alter.waitPolicy(), context);
      List<Notice> remarks = remarks(declared, wanted, alter, rules);
      if (!wanted.size().equals(declared.size())) {
        MemoryFit.notice(state, wanted.size(), context.rules().sizes()).ifPresent(remarks::add);
      }
      return plan.decide(remarks);
    }
    Draft draft = new Draft(state, context);
    convert(state, alter, draft, rules);
    draft.reconcile();
    noticeRecreated(state, draft);
    if (alter.waitPolicy().waits() && draft.dropsReplicas()) {
      draft.notice(new Notice.WaitNotSupported());
    }
    return draft.accept();
  }

  private static List<Notice> remarks(
      Managed declared, Managed wanted, Alter alter, ConfigurationRules rules) {
    List<Notice> remarks = new ArrayList<>();
    boolean grows = wanted.replicationFactor() > declared.replicationFactor();
    boolean elsewhere = !wanted.availabilityZones().equals(declared.availabilityZones());
    if (grows || elsewhere || !wanted.size().equals(declared.size())) {
      rules.spreadNotice(wanted.size()).ifPresent(remarks::add);
    }
    if (!wanted.autoScaling().equals(declared.autoScaling())
        || !wanted.size().equals(declared.size())) {
      rules.burstNotice(wanted).ifPresent(remarks::add);
    }
    if (alter.size().isMentioned()) {
      wanted.sizeRange().map(Notice.SizedByLoad::new).ifPresent(remarks::add);
    }
    return remarks;
  }

  /**
   * The replicas stay as they are; those of a reconfiguration under way or of a repair of the
   * spread are not among them, nor is one that helps out, unless it is the only one that serves.
   */
  private static Decision<ClusterEvent> release(ClusterState.Live state, ClusterContext context) {
    Draft draft = new Draft(state, context);
    if (state.reconfiguration().isPresent()) {
      draft.add(new ReconfigurationCancelled(state.reconfiguration().get().target()));
      draft.notice(new Notice.ReconfigurationCancelled());
      drop(GracefulReconfiguration::isPending, Reason.RECONFIGURATION, draft);
    }
    if (state.burst().isPresent()) {
      draft.add(new BurstEnded(BurstEnd.RELEASED));
      if (HydrationBurst.isNeeded(state)) {
        draft.notice(new Notice.BurstReplicaStays(HydrationBurst.NAME));
      } else {
        drop(HydrationBurst::isBurst, Reason.HYDRATION_BURST, draft);
      }
    }
    takePlaces(draft);
    drop(ZoneRepair::isMoving, Reason.ZONE_REPAIR, draft);
    draft.add(new ConvertedToUnmanaged());
    List<String> lost = automation(state.declared().orElseThrow());
    if (!lost.isEmpty()) {
      draft.notice(new Notice.OptionsGivenUp(lost));
    }
    return draft.accept();
  }

  /** What Muster does by itself with a managed cluster, and nothing of a replica tells. */
  private static List<String> automation(Managed declared) {
    List<String> options = new ArrayList<>();
    if (declared.sizeRange().isPresent()) {
      options.add("MIN SIZE");
      options.add("MAX SIZE");
    }
    if (!declared.availabilityZones().isEmpty()) {
      options.add("AVAILABILITY ZONES");
    }
    if (!(declared.schedule() instanceof Schedule.Manual)) {
      options.add("SCHEDULE");
    }
    if (declared.autoScaling().isPresent()) {
      options.add("AUTO SCALING STRATEGY");
    }
    return options;
  }

  /** Who serves, where the one that it was to follow does not, follows it at once. */
  private static void takePlaces(Draft draft) {
    for (Replica successor : draft.live().replicas()) {
      if (ZoneRepair.isMoving(successor) && successor.serves()) {
        ZoneRepair.predecessor(successor, draft.live())
            .filter(old -> !old.serves())
            .ifPresent(
                old -> {
                  draft.add(new ReplicaDropped(old.id(), Reason.ZONE_REPAIR));
                  draft.add(new ReplicaRenamed(successor.id(), successor.name(), old.name()));
                });
      }
    }
  }

  private static void drop(Predicate<Replica> which, Reason reason, Draft draft) {
    draft.live().replicas().stream()
        .filter(which)
        .forEach(replica -> draft.add(new ReplicaDropped(replica.id(), reason)));
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

  /** The first option that only managed clusters have, in the order of the manual. */
  private static void optionsNeedManaged(Alter alter) {
    Map<String, Patch<?>> options = new LinkedHashMap<>();
    options.put("SIZE", alter.size());
    options.put("MIN SIZE", alter.minSize());
    options.put("MAX SIZE", alter.maxSize());
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

  /** What shall become of a configuration, checked. */
  private static Managed wanted(Managed old, Alter alter, ConfigurationRules rules) {
    rejectIf(alter.size() instanceof Patch.Clear<String>, new Rejection.NoDefault("SIZE"));
    Managed wanted = intoRange(patched(old, alter), alter, rules);
    if (!wanted.size().equals(old.size())) {
      rules.size(wanted.size());
    }
    validate(old, wanted, alter, rules);
    factorFitsSchedule(alter, wanted);
    rules.limit(wanted.replicationFactor(), old.replicationFactor());
    return wanted;
  }

  /** A new range takes the size with it, unless the size was given. */
  private static Managed intoRange(Managed wanted, Alter alter, ConfigurationRules rules) {
    return alter.size().isMentioned() ? wanted : rules.intoRange(wanted);
  }

  /** What did not change was valid once, and does not stand in the way of what does. */
  private static void validate(Managed old, Managed wanted, Alter alter, ConfigurationRules rules) {
    if (!wanted.availabilityZones().equals(old.availabilityZones())) {
      rules.zones(wanted.availabilityZones());
    }
    if (!wanted.settings().equals(old.settings())) {
      introspection(alter, wanted.settings());
    }
    boolean same =
        wanted.autoScaling().equals(old.autoScaling())
            && wanted.schedule().equals(old.schedule())
            && wanted.sizeRange().equals(old.sizeRange())
            && wanted.size().equals(old.size());
    if (!same) {
      rules.autoScaling(wanted);
      rules.sizeRange(wanted);
    }
  }

  private static void introspection(Alter alter, ReplicaSettings wanted) {
    rejectIf(
        (alter.introspectionDebugging().isMentioned()
                || alter.introspectionInterval().isMentioned())
            && wanted.introspectionDebugging()
            && wanted.introspectionInterval().isEmpty(),
        new Rejection.DebuggingWithoutInterval());
  }

  /** A schedule other than MANUAL decides by itself how many replicas there are. */
  private static void factorFitsSchedule(Alter alter, Managed wanted) {
    rejectIf(
        alter.replicationFactor().isMentioned() && !(wanted.schedule() instanceof Schedule.Manual),
        new Rejection.FactorWithSchedule());
  }

  private static void convert(
      ClusterState.Live state, Alter alter, Draft draft, ConfigurationRules rules) {
    Managed wanted = patched(ConversionRules.converted(state, alter), alter);
    rules.size(wanted.size());
    rules.zones(wanted.availabilityZones());
    introspection(alter, wanted.settings());
    rules.autoScaling(wanted);
    rules.sizeRange(wanted);
    factorFitsSchedule(alter, wanted);
    rules.limit(wanted.replicationFactor(), 0);
    draft.add(new ConvertedToManaged(wanted));
    rules.spreadNotice(wanted.size()).ifPresent(draft::notice);
    rules.burstNotice(wanted).ifPresent(draft::notice);
  }

  private static Managed patched(Managed old, Alter alter) {
    return new Managed(
        alter.size().apply(old.size(), old::size),
        alter.replicationFactor().apply(old.replicationFactor(), () -> DEFAULT_REPLICATION_FACTOR),
        alter.availabilityZones().apply(old.availabilityZones(), List::of),
        patched(old.settings(), alter),
        alter.schedule().apply(old.schedule(), Schedule.Manual::new),
        patched(old.autoScaling(), alter.autoScaling()),
        SizeRanges.patched(old.sizeRange(), alter));
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

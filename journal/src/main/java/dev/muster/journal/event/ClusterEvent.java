package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened to one cluster. Its name is no part of it: names are the environment's.
 *
 * <p>Adding an event? Give it a codec entry, a golden file, a case in {@code ClusterState.evolve},
 * and the audit its mapping; the build fails until you have.
 */
public sealed interface ClusterEvent extends JournalEvent {
  /** The cluster began, with no replicas yet: those are added by events of their own. */
  record ClusterCreated(ClusterId id, ClusterConfiguration configuration) implements ClusterEvent {}

  /** The cluster ended; its replicas were dropped by events before this one. */
  record ClusterDropped() implements ClusterEvent {}

  record SizeChanged(String oldSize, String newSize) implements ClusterEvent {}

  record ReplicationFactorChanged(int oldFactor, int newFactor) implements ClusterEvent {}

  /** An empty list means all zones. */
  record AvailabilityZonesChanged(List<String> oldZones, List<String> newZones)
      implements ClusterEvent {
    public AvailabilityZonesChanged {
      oldZones = List.copyOf(oldZones);
      newZones = List.copyOf(newZones);
    }
  }

  /** Introspection, idle merge effort or disk changed. */
  record SettingsChanged(ReplicaSettings oldSettings, ReplicaSettings newSettings)
      implements ClusterEvent {}

  record ScheduleChanged(Schedule oldSchedule, Schedule newSchedule) implements ClusterEvent {}

  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record AutoScalingChanged(
      Optional<AutoScalingStrategy> oldStrategy, Optional<AutoScalingStrategy> newStrategy)
      implements ClusterEvent {}

  /** Muster chooses the size between two others from now on, or between others, or no more. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record SizeRangeChanged(Optional<SizeRange> oldRange, Optional<SizeRange> newRange)
      implements ClusterEvent {}

  /** From now on Muster keeps the replicas; those that are there fit the configuration. */
  record ConvertedToManaged(ClusterConfiguration.Managed configuration) implements ClusterEvent {}

  /** From now on replicas are made and dropped by hand; those that are there stay. */
  record ConvertedToUnmanaged() implements ClusterEvent {}

  /**
   * A replica was decided on: it may run, and is charged, from this moment.
   *
   * @param creditsPerHour the price at this moment, so that the bill comes from the journal alone
   * @param zone the zone that the placement chose
   * @param zonePinned whether the user asked for that zone
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record ReplicaAdded(
      ReplicaId id,
      String name,
      String size,
      BigDecimal creditsPerHour,
      String zone,
      boolean zonePinned,
      ReplicaSettings settings,
      boolean internal,
      Optional<String> billedAs,
      Reason reason)
      implements ClusterEvent {}

  /** The replica may no longer run, and is charged no longer. */
  record ReplicaDropped(ReplicaId id, Reason reason) implements ClusterEvent {}

  /**
   * The replica has no place: nothing runs of it until it is placed. Said again where the reason
   * has become another.
   */
  record ReplicaWaiting(ReplicaId id, ReplicaWait why) implements ClusterEvent {}

  /** A replica that waited has a place now, in this zone, and may run. */
  record ReplicaPlaced(ReplicaId id, String zone) implements ClusterEvent {}

  record ReplicaRenamed(ReplicaId id, String oldName, String newName) implements ClusterEvent {}

  /**
   * The replica's process answers; it serves nothing before it has hydrated.
   *
   * @param incarnation counts the starts of this replica, from 1
   * @param host the host that runs it
   * @param processId the operating system's id of the process, 0 where the runtime has none
   * @param provisionedAt when the host was told to start it, or when its process began, for one
   *     that was found running; empty where nobody knows
   * @param occurredAt when it first answered, by the clock of its host; this event is journaled a
   *     moment later, or much later where Muster itself was down. Empty where nobody knows
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record ReplicaStarted(
      ReplicaId id,
      long incarnation,
      String host,
      long processId,
      Optional<Instant> provisionedAt,
      Optional<Instant> occurredAt)
      implements ClusterEvent {
    public ReplicaStarted(ReplicaId id, long incarnation, String host, long processId) {
      this(id, incarnation, host, processId, Optional.empty(), Optional.empty());
    }
  }

  /**
   * The replica has rebuilt its state and serves.
   *
   * @param took from the start of this incarnation until it served
   * @param peakMemoryBytes the most memory that it was resident in meanwhile, 0 where nobody knows
   * @param memoryLimitBytes what it may use, where that is known
   * @param occurredAt when it served, as in {@link ReplicaStarted}
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record ReplicaHydrated(
      ReplicaId id,
      long incarnation,
      Duration took,
      long objects,
      long bytes,
      long peakMemoryBytes,
      Optional<Long> memoryLimitBytes,
      Optional<Instant> occurredAt)
      implements ClusterEvent {
    public ReplicaHydrated(
        ReplicaId id,
        long incarnation,
        Duration took,
        long objects,
        long bytes,
        long peakMemoryBytes) {
      this(
          id,
          incarnation,
          took,
          objects,
          bytes,
          peakMemoryBytes,
          Optional.empty(),
          Optional.empty());
    }
  }

  /**
   * The replica stopped serving without being asked to; it will be started again.
   *
   * <p>In a crash loop one such event stands for many failures: for all since the one that was
   * journaled before it.
   *
   * @param failure the last of them
   * @param consecutiveFailures failures since it last served for long enough, this one included
   * @param failingSince the first of those failures
   * @param restartAt when it will be started again; empty where that waits for something else
   * @param provisionedAt when it was last told to start, where no {@link ReplicaStarted} told that
   * @param occurredAt when it ended, as in {@link ReplicaStarted}
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record ReplicaFailed(
      ReplicaId id,
      long incarnation,
      ReplicaFailure failure,
      int consecutiveFailures,
      Optional<Instant> failingSince,
      Optional<Instant> restartAt,
      Optional<Instant> provisionedAt,
      Optional<Instant> occurredAt)
      implements ClusterEvent {
    public ReplicaFailed(
        ReplicaId id, long incarnation, ReplicaFailure failure, int consecutiveFailures) {
      this(
          id,
          incarnation,
          failure,
          consecutiveFailures,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /**
   * Replicas of another shape begin to hydrate beside those that serve; nothing else has changed
   * yet.
   *
   * @param from the realized configuration, which goes on serving
   * @param deadline when the cluster stops waiting for them
   * @param startedBy the role that asked for it
   */
  record ReconfigurationStarted(
      ReconfigurationTarget from,
      ReconfigurationTarget target,
      Instant deadline,
      OnTimeout onTimeout,
      String startedBy)
      implements ClusterEvent {}

  /** The reconfiguration under way has another target, or another deadline, from now on. */
  record ReconfigurationRetargeted(
      ReconfigurationTarget oldTarget,
      ReconfigurationTarget newTarget,
      Instant deadline,
      OnTimeout onTimeout,
      String retargetedBy)
      implements ClusterEvent {}

  /**
   * The cut-over, all of it: the target is the realized configuration from this moment, the new
   * replicas have their final names, and the old ones may no longer run and are charged no longer.
   *
   * @param hydrated whether all of the promoted served by then; false where a deadline passed with
   *     {@link OnTimeout#COMMIT}, or where somebody did not want to wait
   * @param retired every replica but the promoted ones, and but one that helps out
   * @param timesApart whether each of them has a timestamp, right before the event's own; not so in
   *     events of version 1
   */
  record ReconfigurationFinished(
      ReconfigurationTarget from,
      ReconfigurationTarget target,
      boolean hydrated,
      List<ReplicaPromotion> promoted,
      List<ReplicaId> retired,
      boolean timesApart)
      implements ClusterEvent {
    public ReconfigurationFinished {
      promoted = List.copyOf(promoted);
      retired = List.copyOf(retired);
    }

    public ReconfigurationFinished(
        ReconfigurationTarget from,
        ReconfigurationTarget target,
        boolean hydrated,
        List<ReplicaPromotion> promoted,
        List<ReplicaId> retired) {
      this(from, target, hydrated, promoted, retired, true);
    }

    @Override
    public int times() {
      return timesApart ? retired.size() + promoted.size() + 1 : 1;
    }
  }

  /** The deadline passed with {@link OnTimeout#ROLLBACK}: the cluster stays as it was. */
  record ReconfigurationTimedOut(ReconfigurationTarget target, Instant deadline)
      implements ClusterEvent {}

  /** The reconfiguration is not wanted any more: the cluster stays as it was. */
  record ReconfigurationCancelled(ReconfigurationTarget target) implements ClusterEvent {}

  /**
   * No steady replica serves: one more, of another size, helps out until one does.
   *
   * @param size of the replica that helps out
   */
  record BurstStarted(String size) implements ClusterEvent {}

  /** A steady replica serves again: the one that helps out stays for the linger duration. */
  record BurstCaughtUp(Instant lingersUntil) implements ClusterEvent {}

  /** No steady replica serves any more, before the linger duration was over. */
  record BurstResumed() implements ClusterEvent {}

  /** The replica that helped out goes. */
  record BurstEnded(BurstEnd why) implements ClusterEvent {}

  /**
   * Muster has decided on another size by itself; the reconfiguration that moves the cluster to it
   * follows.
   *
   * @param figures that caused it
   */
  record ScalingDecided(String fromSize, String toSize, ScalingCause cause, LoadFigures figures)
      implements ClusterEvent {}

  /** A comment was set, or removed when empty; on the cluster itself where no replica is named. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record CommentChanged(Optional<ReplicaId> replica, Optional<String> comment)
      implements ClusterEvent {}
}

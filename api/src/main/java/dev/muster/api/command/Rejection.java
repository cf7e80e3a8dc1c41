package dev.muster.api.command;

import dev.muster.journal.JournalFailure;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.SizeRange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Why a command was refused. States the fact; {@code dev.muster.api.error} gives each its one text
 * and SQLSTATE. Where a cluster refuses, its name is left to the front door, which knows what the
 * user called it.
 */
public sealed interface Rejection {
  // By the environment.

  record ClusterUnknown(String name) implements Rejection {}

  record ClusterExists(String name) implements Rejection {}

  /** Names that begin with {@code mz_} or {@code pg_} belong to the system. */
  record ClusterNameReserved(String name) implements Rejection {}

  /** A system cluster may be neither altered nor dropped. */
  record MustBeOwner(String name) implements Rejection {}

  record RoleUnknown(String name) implements Rejection {}

  record ZoneNotInService(String zone) implements Rejection {}

  record ZoneInService(String zone) implements Rejection {}

  /** Without it, no availability zone would be left. */
  record LastZone(String zone) implements Rejection {}

  // By a cluster, or by the environment before it asks one.

  /** The cluster was dropped between the lookup of its name and the arrival of the command. */
  record ClusterGone() implements Rejection {}

  record SizeUnknown(String size) implements Rejection {}

  record ZoneUnknown(String zone) implements Rejection {}

  /** A list of zones has it twice. */
  record ZoneRepeated(String zone) implements Rejection {}

  record ReplicaUnknown(String name) implements Rejection {}

  /** A replica of the name is there already, or was asked for twice. */
  record ReplicaNameTaken(String name) implements Rejection {}

  record TooManyReplicas(int desired, int limit, int current) implements Rejection {}

  /** The replicas of the environment would cost more credits an hour than they may. */
  record CreditRateExceeded(BigDecimal desired, BigDecimal limit, BigDecimal current)
      implements Rejection {}

  /**
   * @param option the SQL name of an option that only managed clusters have, as in {@code
   *     REPLICATION FACTOR}
   */
  record OptionNeedsManaged(String option) implements Rejection {}

  /** Replicas of a managed cluster are Muster's business. */
  record ReplicasAreManaged(ReplicaAction action) implements Rejection {}

  enum ReplicaAction {
    CREATE,
    DROP,
    RENAME
  }

  /** Conversion to managed: not one size. */
  record SizesDiffer() implements Rejection {}

  /** Conversion to managed: names other than {@code r1}, {@code r2}, ... */
  record NamesOffPattern(List<String> names) implements Rejection {
    public NamesOffPattern {
      names = List.copyOf(names);
    }
  }

  /** Conversion to managed: names are of the pattern, with a gap. */
  record NameMissing(String firstMissing) implements Rejection {}

  /** Conversion to managed: there are no replicas to take the size from, and none was given. */
  record SizeNotGiven() implements Rejection {}

  record FactorDoesNotMatch(int given, int replicas) implements Rejection {}

  record SizeDoesNotMatch(String size, String expected) implements Rejection {}

  /**
   * @param option the SQL name of an option that cannot be reset
   */
  record NoDefault(String option) implements Rejection {}

  /** A replication factor was given to a cluster whose schedule turns it on and off. */
  record FactorWithSchedule() implements Rejection {}

  /** Reports about reporting were asked for where there is none. */
  record DebuggingWithoutInterval() implements Rejection {}

  record AutoScalingWithSchedule() implements Rejection {}

  record HydrationSizeEqualsSize(String size) implements Rejection {}

  /** Of {@code MIN SIZE} and {@code MAX SIZE} only one was given, or only one was reset. */
  record SizeRangeIncomplete() implements Rejection {}

  /** {@code MIN SIZE} is larger than {@code MAX SIZE}. */
  record SizeRangeEmpty(SizeRange range) implements Rejection {}

  record SizeRangeWithSchedule() implements Rejection {}

  /** A size was asked for that is smaller than {@code MIN SIZE} or larger than {@code MAX SIZE}. */
  record SizeOutOfRange(String size, SizeRange range) implements Rejection {}

  // Of a reconfiguration that somebody waits for. What the statement asked for was durable, and was
  // undone or overtaken later.

  /** The deadline passed, and the cluster is as it was. */
  record ReconfigurationTimedOut(ReconfigurationTarget realized) implements Rejection {}

  /**
   * Another statement asked for what is realized, or changed the cluster at once.
   *
   * @param realized what the cluster is now; empty where it is unmanaged
   */
  record ReconfigurationCancelled(Optional<ReconfigurationTarget> realized) implements Rejection {}

  /** Another statement asked for something else. */
  record ReconfigurationOvertaken(ReconfigurationTarget newTarget) implements Rejection {}

  // By the machinery.

  /** The command may or may not have been carried out: its outcome did not come back in time. */
  record OutcomeUnknown(String reason) implements Rejection {}

  /**
   * The command was not carried out, and may be tried again: {@code reason} says what is missing.
   */
  record Unavailable(String reason) implements Rejection {}

  /**
   * The journal failed the write, and a look at it afterwards did not find it there.
   *
   * @param kind whether it may appear there yet; a node of an earlier version does not say it
   * @param reason for a human
   */
  record JournalFailed(JournalFailure kind, String reason) implements Rejection {
    public JournalFailed {
      kind = kind == null ? JournalFailure.REFUSED : kind;
    }
  }
}

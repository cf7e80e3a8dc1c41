package dev.muster.actors.replica;

import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.Utilization;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a replica's supervisor tells the cluster. Level-based: the same report may come again, as
 * after a re-adoption, and the cluster journals only what is news.
 *
 * <p>Reports wait for each other before they are journaled; {@code occurredAt} is when it was so.
 */
public sealed interface ReplicaReport {
  ReplicaId id();

  /** The process answers. Components as in {@code ClusterEvent.ReplicaStarted}. */
  record Started(
      ReplicaId id,
      long incarnation,
      String host,
      long processId,
      Optional<Instant> provisionedAt,
      Optional<Instant> occurredAt)
      implements ReplicaReport {
    public Started(ReplicaId id, long incarnation, String host, long processId) {
      this(id, incarnation, host, processId, Optional.empty(), Optional.empty());
    }
  }

  /** The replica serves. Components as in {@code ClusterEvent.ReplicaHydrated}. */
  record Hydrated(
      ReplicaId id,
      long incarnation,
      Duration took,
      long objects,
      long bytes,
      long peakMemoryBytes,
      Optional<Long> memoryLimitBytes,
      Optional<Instant> occurredAt)
      implements ReplicaReport {
    public Hydrated(
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
   * It stopped serving; the supervisor is backing off and will start it again. Components as in
   * {@code ClusterEvent.ReplicaFailed}; in a crash loop one report stands for many failures.
   */
  record Failed(
      ReplicaId id,
      long incarnation,
      ReplicaFailure failure,
      int consecutiveFailures,
      Optional<Instant> failingSince,
      Optional<Instant> restartAt,
      Optional<Instant> provisionedAt,
      Optional<Instant> occurredAt)
      implements ReplicaReport {
    public Failed(ReplicaId id, long incarnation, ReplicaFailure failure, int consecutiveFailures) {
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
   * It failed once more in a crash loop of which the journal has heard enough: to be shown, never
   * journaled.
   */
  record FailedAgain(Failed failed) implements ReplicaReport {
    @Override
    public ReplicaId id() {
      return failed.id();
    }
  }

  /**
   * It was not started: its host has promised what it has to others, as when two nodes have given
   * away the last of it at once.
   *
   * @param why what is asked for, and what is left
   */
  record NoRoom(ReplicaId id, String host, String why) implements ReplicaReport {}

  /** How busy it is while it serves: a figure now and then, never journaled. */
  record Utilized(ReplicaId id, Utilization utilization) implements ReplicaReport {}

  /** It was told to stop, and has: nothing of it runs any more. */
  record Gone(ReplicaId id) implements ReplicaReport {}
}

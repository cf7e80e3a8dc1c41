package dev.muster.actors.runtime;

import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.Utilization;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a runtime has to say about one replica.
 *
 * <p>{@code occurredAt} is the real instant, by the host's clock, where the runtime knows it better
 * than whoever hears of it: a signal may come late, as after an adoption.
 */
public sealed interface RuntimeSignal {
  ReplicaId id();

  /** It was looked for, and nothing of it runs. */
  record NotRunning(ReplicaId id) implements RuntimeSignal {}

  /**
   * It was not started: the host has promised what it has to others. Said by hosts, not by
   * runtimes.
   *
   * @param why what is asked for, and what is left
   */
  record NoRoom(ReplicaId id, long incarnation, String why) implements RuntimeSignal {}

  /**
   * It runs and answers.
   *
   * @param incarnation as in the order that it was started by
   * @param processId the operating system's, 0 where there is none
   * @param processStartedAt when it began to run, where that is known
   * @param occurredAt when it first answered
   */
  record Started(
      ReplicaId id,
      long incarnation,
      long processId,
      Optional<Instant> processStartedAt,
      Optional<Instant> occurredAt)
      implements RuntimeSignal {
    public Started(ReplicaId id, long incarnation, long processId) {
      this(id, incarnation, processId, Optional.empty(), Optional.empty());
    }
  }

  /** It serves. Components as in {@code ClusterEvent.ReplicaHydrated}. */
  record Hydrated(
      ReplicaId id,
      long incarnation,
      Duration took,
      long objects,
      long bytes,
      long peakMemoryBytes,
      Optional<Long> memoryLimitBytes,
      Optional<Instant> occurredAt)
      implements RuntimeSignal {
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
   * It ended without being asked to, or could not be started; nothing of it runs any more.
   *
   * @param processStartedAt when it had begun to run, where that is known
   * @param occurredAt when it ended; where it did not answer any more, when the first of the
   *     questions was asked that it left unanswered
   */
  record Ended(
      ReplicaId id,
      long incarnation,
      ReplicaFailure failure,
      Optional<Instant> processStartedAt,
      Optional<Instant> occurredAt)
      implements RuntimeSignal {
    public Ended(ReplicaId id, long incarnation, ReplicaFailure failure) {
      this(id, incarnation, failure, Optional.empty(), Optional.empty());
    }
  }

  /**
   * The node of its host is being stopped, and the replica runs on: it is to be found again when
   * the host is back. Said by hosts, not by runtimes.
   */
  record Leaving(ReplicaId id) implements RuntimeSignal {}

  /** How busy it is: a figure now and then, while it runs. */
  record Utilized(ReplicaId id, Utilization utilization) implements RuntimeSignal {}

  /** It was told to stop, and nothing of it runs any more. */
  record Stopped(ReplicaId id) implements RuntimeSignal {}
}

package dev.muster.journal.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaWait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far a replica is, as far as the journal knows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ReplicaProgress.Pending.class, name = "pending"),
  @JsonSubTypes.Type(value = ReplicaProgress.Hydrating.class, name = "hydrating"),
  @JsonSubTypes.Type(value = ReplicaProgress.Online.class, name = "online"),
  @JsonSubTypes.Type(value = ReplicaProgress.Failed.class, name = "failed")
})
public sealed interface ReplicaProgress {
  /** When it was journaled that it is so. */
  HybridTime since();

  /** Since when it was so in truth, where that is known: see {@link Occurrence}. */
  Optional<Instant> occurredAt();

  /** Since when it is so, as far as anybody knows. */
  default Instant at() {
    return occurredAt().orElseGet(() -> since().instant());
  }

  /** The latest start that the journal knows of; 0 before the first. */
  long incarnation();

  /**
   * Decided on, never started yet.
   *
   * @param waiting why it has no place; empty where it has one
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Pending(HybridTime since, Optional<ReplicaWait> waiting) implements ReplicaProgress {
    public Pending(HybridTime since) {
      this(since, Optional.empty());
    }

    /** What the journal decides is so from then on. */
    @Override
    public Optional<Instant> occurredAt() {
      return Optional.empty();
    }

    @Override
    public long incarnation() {
      return 0;
    }
  }

  /** Runs and rebuilds its state. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Hydrating(
      HybridTime since,
      long incarnation,
      String host,
      long processId,
      int consecutiveFailures,
      Optional<Instant> occurredAt)
      implements ReplicaProgress {
    public Hydrating(
        HybridTime since, long incarnation, String host, long processId, int consecutiveFailures) {
      this(since, incarnation, host, processId, consecutiveFailures, Optional.empty());
    }
  }

  /**
   * Serves.
   *
   * @param hydration how it came to that, where it is known what memory it was given
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Online(
      HybridTime since,
      long incarnation,
      String host,
      long processId,
      int consecutiveFailures,
      Optional<Hydration> hydration,
      Optional<Instant> occurredAt)
      implements ReplicaProgress {
    public Online(
        HybridTime since,
        long incarnation,
        String host,
        long processId,
        int consecutiveFailures,
        Optional<Hydration> hydration) {
      this(since, incarnation, host, processId, consecutiveFailures, hydration, Optional.empty());
    }
  }

  /**
   * Stopped without being asked to, and will be started again.
   *
   * @param failingSince the first of the failures in a row
   * @param restartAt when it will be started again, where that is known
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Failed(
      HybridTime since,
      long incarnation,
      ReplicaFailure failure,
      int consecutiveFailures,
      Optional<Instant> failingSince,
      Optional<Instant> restartAt,
      Optional<Instant> occurredAt)
      implements ReplicaProgress {
    public Failed(
        HybridTime since, long incarnation, ReplicaFailure failure, int consecutiveFailures) {
      this(
          since,
          incarnation,
          failure,
          consecutiveFailures,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /** Whether it fails again and again. */
    public boolean loops() {
      return consecutiveFailures >= CRASH_LOOP_FAILURES;
    }
  }

  /** As many failures in a row are a crash loop. */
  int CRASH_LOOP_FAILURES = 5;

  /** One hydration. The components are those of {@code ClusterEvent.ReplicaHydrated}. */
  record Hydration(
      Duration took, long objects, long bytes, long peakMemoryBytes, long memoryLimitBytes) {}
}

package dev.muster.journal.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaWait;
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
  /** Since when it is so. */
  HybridTime since();

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

    @Override
    public long incarnation() {
      return 0;
    }
  }

  /** Runs and rebuilds its state. */
  record Hydrating(
      HybridTime since, long incarnation, String host, long processId, int consecutiveFailures)
      implements ReplicaProgress {}

  /** Serves. */
  record Online(
      HybridTime since, long incarnation, String host, long processId, int consecutiveFailures)
      implements ReplicaProgress {}

  /** Stopped without being asked to, and will be started again. */
  record Failed(HybridTime since, long incarnation, ReplicaFailure failure, int consecutiveFailures)
      implements ReplicaProgress {}
}

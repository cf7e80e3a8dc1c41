package dev.muster.journal.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.BurstCaughtUp;
import dev.muster.journal.event.ClusterEvent.BurstResumed;
import dev.muster.journal.event.HybridTime;
import java.time.Instant;
import java.util.Optional;

/**
 * A hydration burst under way: a replica of another size that helps out while no steady one serves.
 *
 * @param lingersUntil when it shall end, once a steady replica serves
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Burst(HybridTime startedAt, String size, Optional<Instant> lingersUntil) {
  /** The burst after an event; empty where the event cannot have happened to it. */
  Optional<Burst> evolve(ClusterEvent event) {
    Optional<Instant> until =
        event instanceof BurstCaughtUp caughtUp
            ? Optional.of(caughtUp.lingersUntil())
            : Optional.empty();
    boolean possible =
        lingersUntil.isPresent() ? event instanceof BurstResumed : event instanceof BurstCaughtUp;
    return possible ? Optional.of(new Burst(startedAt, size, until)) : Optional.empty();
  }
}

package dev.muster.journal.state;

import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaPlaced;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterEvent.ReplicaWaiting;
import dev.muster.journal.event.HybridTime;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How one replica comes from one progress to the next by an event of its own.
 *
 * @param impossible what to throw where the event cannot have happened
 */
record ReplicaMoves(Supplier<ImpossibleEventException> impossible) {
  /** What has run once has a place. */
  Replica waits(Replica replica, HybridTime at, ReplicaWaiting waiting) {
    if (!(replica.progress() instanceof ReplicaProgress.Pending)) {
      throw impossible.get();
    }
    return replica.progressed(new ReplicaProgress.Pending(at, Optional.of(waiting.why())));
  }

  Replica placed(Replica replica, HybridTime at, ReplicaPlaced placed) {
    if (replica.waiting().isEmpty()) {
      throw impossible.get();
    }
    return replica.placed(at, placed.zone());
  }

  static Replica starts(Replica replica, HybridTime at, ReplicaStarted started) {
    int failures =
        replica.progress() instanceof ReplicaProgress.Failed failed
            ? failed.consecutiveFailures()
            : 0;
    return replica.progressed(
        new ReplicaProgress.Hydrating(
            at,
            started.incarnation(),
            started.host(),
            started.processId(),
            failures,
            occurred(replica, at, started.occurredAt())));
  }

  Replica hydrates(Replica replica, HybridTime at, ReplicaHydrated hydrated) {
    if (!(replica.progress() instanceof ReplicaProgress.Hydrating hydrating)
        || hydrating.incarnation() != hydrated.incarnation()) {
      throw impossible.get();
    }
    Optional<ReplicaProgress.Hydration> figures =
        hydrated
            .memoryLimitBytes()
            .map(
                limitBytes ->
                    new ReplicaProgress.Hydration(
                        hydrated.took(),
                        hydrated.objects(),
                        hydrated.bytes(),
                        hydrated.peakMemoryBytes(),
                        limitBytes));
    return replica.progressed(
        new ReplicaProgress.Online(
            at,
            hydrating.incarnation(),
            hydrating.host(),
            hydrating.processId(),
            hydrating.consecutiveFailures(),
            figures,
            occurred(replica, at, hydrated.occurredAt())));
  }

  static Replica fails(Replica replica, HybridTime at, ReplicaFailed failed) {
    return replica.progressed(
        new ReplicaProgress.Failed(
            at,
            failed.incarnation(),
            failed.failure(),
            failed.consecutiveFailures(),
            failed.failingSince(),
            failed.restartAt(),
            occurred(replica, at, failed.occurredAt())));
  }

  private static Optional<Instant> occurred(
      Replica replica, HybridTime at, Optional<Instant> told) {
    return told.map(instant -> Occurrence.of(instant, at, replica.progress().at()));
  }
}

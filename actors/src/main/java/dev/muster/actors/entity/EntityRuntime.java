package dev.muster.actors.entity;

import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.host.HostLedger;
import dev.muster.actors.membership.Standing;
import dev.muster.actors.replica.ReplicaSupervisors;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.command.Rejection;
import dev.muster.api.metrics.EntityMetrics;
import dev.muster.journal.JournalErrors;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.JournalEvent;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.state.ImpossibleEventException;
import dev.muster.journal.time.HybridClock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.SupervisorStrategy;

/**
 * What all entities of a node share.
 *
 * @param catalog where they publish
 * @param seen what was published on all nodes, of a moment ago
 * @param hosts the account of zones and hosts
 * @param chains how far the clusters' hash chains are
 * @param standing whether this node may decide
 * @param environment delivers a message to the environment's entity
 * @param rules asked anew for every decision: zones come and go
 */
public record EntityRuntime(
    HybridClock clock,
    CatalogStore catalog,
    Supplier<CatalogSnapshot> seen,
    Supplier<ClusterRules> rules,
    ReplicaSupervisors supervisors,
    HostLedger hosts,
    EntityHealth health,
    EntityMetrics metrics,
    ChainHeads chains,
    EntitySettings settings,
    Standing standing,
    Consumer<EnvironmentMessage> environment) {

  /** How soon a statement is tried again that came while the node was not sure of its standing. */
  static final Duration STANDING_AGAIN_AFTER = Duration.ofMillis(100);

  private static final double BACKOFF_RANDOM_FACTOR = 0.2;

  /**
   * How an entity comes back after its journal failed, or after a defect of ours, from what is
   * journaled; its replicas' supervisors stay. A defect costs the message that met it, no other.
   */
  BackoffSupervisorStrategy restart() {
    return SupervisorStrategy.restartWithBackoff(
            settings.restartMinBackoff(), settings.restartMaxBackoff(), BACKOFF_RANDOM_FACTOR)
        .withStopChildren(false);
  }

  /** Stamps events, each with a time of its own, or with as many as it takes up. */
  <E extends JournalEvent> List<Recorded<E>> record(List<E> events, Origin by) {
    return events.stream()
        .map(event -> new Recorded<>(clock.next(event.times()), by, event))
        .toList();
  }

  /** The time of an envelope's arrival: later than its sending. */
  HybridTime arrival(HybridTime sentAt) {
    clock.observe(sentAt);
    return clock.next();
  }

  /** What to tell whoever asked for a write that failed so. */
  static Rejection rejection(Throwable failure) {
    return new Rejection.JournalFailed(JournalErrors.kind(failure), describe(failure));
  }

  /**
   * What to tell users of a recovery that failed: one line.
   *
   * @param sequenceNumber of the event that could not be applied; asked only where that was it
   */
  static String describe(Throwable failure, String persistenceId, LongSupplier sequenceNumber) {
    // Pekko tells of such a failure twice: as it was thrown, and as the cause of its own.
    return describe(
        Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
            .filter(ImpossibleEventException.class::isInstance)
            .findFirst()
            .<Throwable>map(
                impossible ->
                    ((ImpossibleEventException) impossible)
                        .at(persistenceId, sequenceNumber.getAsLong()))
            .orElse(failure));
  }

  /** What to tell users of a failure of the journal: one line. */
  static String describe(Throwable failure) {
    return JournalErrors.describe(failure)
        .orElseGet(
            () ->
                failure.getMessage() == null
                    ? failure.getClass().getSimpleName()
                    : failure.getMessage().lines().findFirst().orElse(""));
  }
}

package dev.muster.journal.event;

/**
 * An event as the journal holds it: what happened, when, and who caused it.
 *
 * @param <E> {@link ClusterEvent} or {@link EnvironmentEvent}
 */
public record Recorded<E>(HybridTime at, Origin by, E event) {}

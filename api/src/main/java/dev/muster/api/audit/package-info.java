/**
 * What the audit log says of a journaled event (invariant 10): pure functions of the journal alone.
 *
 * <p>Every change of what was declared, of names, rights and comments, and every decision that
 * Muster made by itself, is one audit event with who, when, what and why; its id is the event's
 * hybrid time. An event that is about several replicas or names, a cut-over or a swap, is a row for
 * each, with the times right before its own that the clock kept for them ({@code
 * JournalEvent.times}). What is no change gives none: that a replica has started, hydrated, failed,
 * waits or was placed is told by {@code mz_internal.mz_cluster_replica_status_history}; that the
 * environment leads a creation or a drop is told by the cluster's own event.
 *
 * <p>Keys of the details are those of the reference system's audit log where it has them. Touches
 * the journal's events only: no engine, no I/O, no clock.
 */
package dev.muster.api.audit;

package dev.muster.actors.reconcile;

import dev.muster.journal.event.Reason;

/**
 * A place in the desired set: who fills it is called so, and is there for this reason.
 *
 * @param exact as in {@link Desire}
 */
record Slot(String name, Reason reason, boolean exact) {}

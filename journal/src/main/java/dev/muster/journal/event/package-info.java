/**
 * The facts that Muster journals, and the value types that they are made of.
 *
 * <p>Two sealed families: {@link dev.muster.journal.event.ClusterEvent}, decided by one cluster,
 * and {@link dev.muster.journal.event.EnvironmentEvent}, decided by the environment. Events are
 * named in the past tense and carry the whole fact, so that billing, audit and replay need nothing
 * but the journal. An event type is never changed once it has been released: a new version is added
 * and the old one upcast (see {@code codec}).
 *
 * <p>Pure: no Pekko, no I/O, no clock. Jackson's annotations are allowed, since these records are
 * the wire format.
 */
package dev.muster.journal.event;

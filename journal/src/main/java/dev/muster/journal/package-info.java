/**
 * What Muster remembers: the events, the state they fold into, their wire format, the journal
 * plugins and reading the past.
 *
 * <p>A line belongs in this module when it is a fact about the past. It knows nothing of commands,
 * of SQL, of actors that decide, or of where it runs. The packages {@code event} and {@code state}
 * are pure: no Pekko, no I/O, no clock.
 */
package dev.muster.journal;

/**
 * {@code muster audit verify}: the command line of {@code dev.muster.journal.verify}.
 *
 * <p>Reads the journal and asks running nodes over HTTP; never writes, and never changes anything.
 */
package dev.muster.deploy.audit;

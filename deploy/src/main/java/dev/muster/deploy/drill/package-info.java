/**
 * {@code muster drill}: disaster on purpose, on an installation that runs, to see how it recovers.
 *
 * <p>A drill is a client like any other: it speaks SQL, as {@code mz_system}, over the internal
 * port, and what it does is in the journal. It leaves the installation as it found it, also when it
 * is interrupted.
 */
package dev.muster.deploy.drill;

/**
 * Where a replica goes: a pure function of the zones and of where the cluster's other replicas are.
 *
 * <p>The promise is invariant 6: the counts of any two usable zones differ by at most one. Pure: no
 * Pekko, no I/O, no clock, no randomness. What hosts are loaded with comes in as an argument.
 */
package dev.muster.actors.placement;

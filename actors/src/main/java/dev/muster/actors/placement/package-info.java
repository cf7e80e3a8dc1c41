/**
 * Where a replica goes: a pure function of the zones, of what their hosts have left, and of where
 * the cluster's other replicas are.
 *
 * <p>The promise is invariant 6: the counts of any two usable zones differ by at most one, as far
 * as there is room. A replica that has room nowhere waits, and so does one whose zones are all out
 * of service; {@link dev.muster.actors.placement.Placement} says why. Capacity is what is promised,
 * not what is measured: a replica takes its {@link dev.muster.actors.placement.Demand} of a host
 * from the event that added or placed it to the event that dropped it.
 *
 * <p>Pure: no Pekko, no I/O, no clock, no randomness. What hosts are loaded with comes in as an
 * argument, the {@link dev.muster.actors.placement.Fleet}.
 */
package dev.muster.actors.placement;

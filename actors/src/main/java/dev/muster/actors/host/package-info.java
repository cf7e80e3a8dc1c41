/**
 * Hosts: one actor per zone of this node that runs the replicas of its zone with the node's
 * runtime; the directory by which supervisors find them; and the sweep that stops what no cluster
 * asks for. {@link dev.muster.actors.host.ZoneHosts} starts and ends the hosts as zones come and
 * go; {@link dev.muster.actors.host.HostLedger} is the account of what they have and have promised.
 *
 * <p>A host keeps running while entities move, knows nothing of clusters, and journals nothing.
 */
package dev.muster.actors.host;

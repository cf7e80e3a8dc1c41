/**
 * Hosts: one actor per zone of this node that runs the replicas of its zone with the node's
 * runtime; the directory by which supervisors find them; and the sweep that stops what no cluster
 * asks for.
 *
 * <p>A host keeps running while entities move, knows nothing of clusters, and journals nothing.
 */
package dev.muster.actors.host;

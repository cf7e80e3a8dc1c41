/**
 * The supervisor of one replica: a child of its cluster's entity that places, provisions, watches
 * hydration, backs off and stops. It decides nothing about the replica set; it reports, and its
 * cluster decides.
 */
package dev.muster.actors.replica;

/**
 * The entities as actors: the environment and the clusters, event-sourced and sharded.
 *
 * <p>They do four things: decide (by asking the pure deciders), persist, carry out effects, reply.
 * Effects follow persisted events, and are level-based: after a recovery whatever is unfinished is
 * driven again, and finding it half done is progress. Each publishes its state to the node's
 * catalog before it replies, so that whoever was answered sees the effect in every read.
 *
 * <p>No decision belongs here: no rule of the SQL, no choice of a zone, no text of an error.
 */
package dev.muster.actors.entity;

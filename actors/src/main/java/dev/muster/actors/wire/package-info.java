/**
 * The messages that cross from node to node, as bytes: JSON under stable ids and versions, never
 * the names of Java classes, so that nodes of two versions understand each other. A message that
 * stays on its node is never serialized.
 *
 * <p>To add a message: give it a line in {@code WireTypes}, and its family one in {@code
 * muster-cluster.conf}. A component may be added to a record (who does not know it reads past it,
 * who misses it finds it absent); anything else is a new id.
 */
package dev.muster.actors.wire;

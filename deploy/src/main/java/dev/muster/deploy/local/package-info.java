/**
 * {@code muster local-cluster}: several nodes in several zones on one machine, on a real Cassandra.
 * Every one of them is a process of its own, which outlives the command that started it; a file in
 * the data directory says which they are.
 *
 * <p>It may start, ask and end those processes, and no others; it knows nothing of what a node is
 * made of.
 */
package dev.muster.deploy.local;

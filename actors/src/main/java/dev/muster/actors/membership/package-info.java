/**
 * Who is in the cluster of nodes, as others than Pekko need to know it, and whether this node still
 * is ({@link dev.muster.actors.membership.Standing}). It may touch Pekko's membership; it decides
 * nothing about it, and never writes a file itself.
 */
package dev.muster.actors.membership;

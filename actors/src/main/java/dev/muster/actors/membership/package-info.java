/**
 * Who is in the cluster of nodes, as others than Pekko need to know it, and whether this node still
 * is ({@link dev.muster.actors.membership.Standing}). It may touch Pekko's membership, and decides
 * one thing about it: that a process which all others have seen to be gone is removed at once
 * ({@code Crashes}, {@code StandingKeeper}). Everything else is left to the split brain resolver;
 * and it never writes a file itself.
 */
package dev.muster.actors.membership;

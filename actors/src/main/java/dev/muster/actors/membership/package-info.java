/**
 * Who is in the cluster of nodes, as others than Pekko need to know it. It may touch Pekko's
 * membership; it decides nothing about it, and never writes a file itself.
 */
package dev.muster.actors.membership;

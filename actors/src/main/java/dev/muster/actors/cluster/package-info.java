/**
 * What a cluster decides: {@link dev.muster.actors.cluster.ClusterDecider} for commands, {@link
 * dev.muster.actors.cluster.ReportDecider} for what the supervisors of its replicas report, {@link
 * dev.muster.actors.cluster.ClusterPass} for what follows from either, and from time.
 *
 * <p>A cluster knows its shape and its replicas, and never what it is called: names are the
 * environment's. Pure: no Pekko, no I/O, no clock, no randomness. Time, ids and rules come in with
 * the {@link dev.muster.actors.cluster.ClusterContext}.
 */
package dev.muster.actors.cluster;

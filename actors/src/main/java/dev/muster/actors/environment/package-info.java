/**
 * What the environment decides: names, owners, roles, and the lead of create and drop.
 *
 * <p>Whether a cluster may be created is asked of the cluster's own decider, before the name is
 * taken: the two can so never disagree. Pure: no Pekko, no I/O, no clock, no randomness.
 */
package dev.muster.actors.environment;

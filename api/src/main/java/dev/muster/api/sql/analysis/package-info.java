/**
 * What options mean: from {@link dev.muster.api.sql.tree.Option}s as they were written to the
 * configurations and commands of the message API, with every rule that needs no look at the
 * catalog. What depends on a cluster's state is for the cluster to judge. Pure.
 */
package dev.muster.api.sql.analysis;

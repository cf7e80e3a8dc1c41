/**
 * The workload contract, as every runtime that runs real programs keeps it: what a replica is told
 * in its environment, what it answers over HTTP, and what its end means. How a program is run is
 * the runtimes' business.
 *
 * <p>Pure but for {@link dev.muster.actors.runtime.workload.Probe}, which asks one HTTP port. No
 * actor, no journal.
 */
package dev.muster.actors.runtime.workload;

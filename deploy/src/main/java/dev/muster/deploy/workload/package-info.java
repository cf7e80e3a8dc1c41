/**
 * The workload that comes with Muster, and a view of running workloads from outside.
 *
 * <p>{@link dev.muster.deploy.workload.BundledWorkload} prepares the bundled one so that many
 * replicas on one machine share one copy of its code and of the database engine's native library.
 * {@link dev.muster.deploy.workload.WorkloadProcess} and {@link
 * dev.muster.deploy.workload.ReadinessProber} know of a workload what its contract says, and
 * nothing else: its environment, and what it answers over HTTP. They never ask Muster, so that
 * benchmarks and whole-system tests can hold Muster's word against what a client would see.
 */
package dev.muster.deploy.workload;

/**
 * Runtimes: how a host runs a replica. {@link dev.muster.actors.runtime.ReplicaRuntime} is the
 * whole contract; {@code process} (an operating-system process) and {@code kubernetes} (a pod),
 * each in its own package, and {@link dev.muster.actors.runtime.SimulatedRuntime simulated} (inside
 * this JVM) keep it. What the first two have in common is in {@code workload}.
 *
 * <p>A runtime knows replica ids, orders and signals. It never sees a cluster, an actor or the
 * journal, decides nothing about restarts, and keeps what it runs running when it is closed.
 */
package dev.muster.actors.runtime;

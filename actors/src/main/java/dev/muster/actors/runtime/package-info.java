/**
 * Runtimes: how a host runs a replica. {@link dev.muster.actors.runtime.ReplicaRuntime} is the
 * whole contract; {@code process} (an operating-system process, in its own package) and {@link
 * dev.muster.actors.runtime.SimulatedRuntime simulated} (inside this JVM) keep it, and a pod
 * runtime can.
 *
 * <p>A runtime knows replica ids, orders and signals. It never sees a cluster, an actor or the
 * journal, decides nothing about restarts, and keeps what it runs running when it is closed.
 */
package dev.muster.actors.runtime;

/**
 * The tests of the whole system. They start the product as a user would, each in a JVM of its own,
 * and speak to it only through its doors: the command line, signals, SQL over the wire (psql,
 * pgjdbc, bare sockets), HTTP. Nothing here touches a class of Muster, but for the look at running
 * workloads from outside ({@code dev.muster.deploy.workload}).
 *
 * <p>They read as stories because of a small language: {@link dev.muster.deploy.system.Harness}
 * makes and ends what a test starts, {@link dev.muster.deploy.system.MusterBuilder} says how it
 * shall be, {@link dev.muster.deploy.system.RunningMuster} is the one that runs. Every wait is for
 * a condition and has a bound ({@link dev.muster.deploy.system.Await}); every port is one that was
 * free; every process that a test caused is ended, and looked for, after it.
 *
 * <p>The classes are named {@code *IT}: Maven's failsafe plugin runs them in {@code
 * integration-test}, once the library folder that the launcher uses has been packaged.
 */
package dev.muster.deploy.system;

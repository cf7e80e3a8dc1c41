/**
 * The benchmarks, {@code muster bench NAME}: each measures a promise of Muster beside a peer that
 * everybody knows, and prints tables that can be pasted into a note.
 *
 * <p>How it works. A benchmark opens a {@link dev.muster.deploy.bench.Workshop}: a temporary folder
 * and a list of what to stop and remove at the end, also after a failure or SIGINT. In it run a
 * throw-away Muster (the same class path in a process of its own, with the simulated runtime) and a
 * throw-away PostgreSQL (the machine's own binaries), both with their defaults, both on loopback,
 * both syncing every commit. The load comes from one {@code pgbench} for both, in turns, since the
 * speed of a shared machine drifts; medians come from pgbench's log of single transactions.
 *
 * <p>It speaks to both only through SQL, as any client does, and to the operating system about the
 * processes that it started itself. It touches no part of Muster's inside, so that what it measures
 * is what a user gets, and it never signals a process that it did not start.
 */
package dev.muster.deploy.bench;

/**
 * The {@code process} runtime: each replica is an operating-system process of this machine (Linux),
 * in a session of its own, so that neither the end of Muster nor a Ctrl-C at its terminal touches
 * it.
 *
 * <p><b>What a replica leaves behind.</b> Under {@code <data directory>/replicas/<replica id>/}:
 * {@code process.properties}, written atomically once the process runs (which process it is, its
 * port, its incarnation); {@code ended-<incarnation>}, how it ended, written by its waiter, a shell
 * that outlives Muster; {@code output.log} and {@code output.log.1}, what it printed, bounded.
 *
 * <p><b>Who it is.</b> A process is ours when it carries our data directory and its replica's id in
 * its environment, leads its own session, and, where it is recorded, has the recorded process id
 * and start time in the recorded boot of the machine. Every signal is sent after that check: a
 * recycled process id is never touched. A process that was started just before a crash, and so is
 * not recorded, is found by its environment.
 *
 * <p>This package touches {@code /proc}, files under the data directory and loopback sockets, and
 * nothing else; no actor, no journal.
 */
package dev.muster.actors.runtime.process;

package dev.muster.actors.runtime.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Learns that a replica's process has ended, and how. Its {@link Waiter} writes that down; a waiter
 * that is our own child also wakes us, all others are looked at.
 */
final class ProcessEnd {
  /** The waiter has but to be scheduled; one that hangs is not waited for for ever. */
  private static final Duration WRITTEN_AFTER = Duration.ofSeconds(10);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

  /** What Java makes of a signal, and what the waiter makes of one that ended its workload. */
  private static final int SIGNALED = 128;

  private final ReplicaProcess process;
  private final ProcessTable table;
  private final CompletableFuture<ReplicaEnd> known = new CompletableFuture<>();
  private final Optional<Long> foreignWaiter;
  private volatile boolean told;

  /**
   * @param waiter where it is our child
   */
  ProcessEnd(ReplicaProcess process, Optional<Process> waiter, ProcessTable table) {
    this.process = process;
    this.table = table;
    this.told = waiter.isPresent();
    this.foreignWaiter = waiter.isPresent() ? Optional.empty() : table.waiter(process);
    waiter.ifPresent(child -> child.onExit().thenAccept(this::waiterEnded));
  }

  private void waiterEnded(Process waiter) {
    Optional<ReplicaEnd> written = written();
    if (written.isEmpty() && table.isAlive(process)) {
      // Somebody has killed the waiter: from now on we look ourselves.
      told = false;
    } else {
      known.complete(written.orElseGet(() -> unwritten(waiter.exitValue())));
    }
  }

  /** What looks like a signal may have ended the waiter alone, and its workload ended later. */
  private static ReplicaEnd unwritten(int exitValue) {
    return new ReplicaEnd(Optional.of(exitValue).filter(code -> code <= SIGNALED), Instant.now());
  }

  private Optional<ReplicaEnd> written() {
    return table.files(process.id()).end(process.incarnation());
  }

  /** Whether it need not be looked for. */
  boolean isTold() {
    return told;
  }

  boolean isKnown() {
    return known.isDone();
  }

  /** Looks whether the process has ended, where nobody would tell. */
  boolean look() {
    if (!told && !known.isDone() && !table.isAlive(process)) {
      known.complete(found());
    }
    return known.isDone();
  }

  private ReplicaEnd found() {
    long untilNanos = System.nanoTime() + WRITTEN_AFTER.toNanos();
    while (written().isEmpty() && isWaiting() && System.nanoTime() < untilNanos) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return written().orElseGet(() -> new ReplicaEnd(Optional.empty(), Instant.now()));
  }

  private boolean isWaiting() {
    return foreignWaiter.filter(pid -> table.isWaiter(pid, process)).isPresent();
  }

  /** Returns early when it is known. */
  void await(long millis) throws InterruptedException {
    try {
      known.get(Math.max(millis, 1), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The caller looks again.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  ReplicaEnd join() {
    return known.join();
  }
}

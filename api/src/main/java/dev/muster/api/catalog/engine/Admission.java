package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.rewrite.SqlErrors;
import dev.muster.api.error.SqlException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Says who may use the engine now. So many queries run at once; others wait in line. One that turns
 * out to be long is set aside when somebody waits: it runs on, and no longer counts, so that short
 * ones get their turn. Only so many may be set aside; when that is not enough, whoever has waited
 * too long is told so. Safe for use by many threads.
 */
final class Admission {
  private final int slots;
  private final int longQueries;
  private final long longAfterNanos;
  private final Duration longestWait;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Object> line = new ArrayDeque<>();
  private final Deque<Pass> counting = new ArrayDeque<>();
  private int aside;
  private boolean closed;

  /** Held while the engine is used. */
  static final class Pass {
    private final long sinceNanos;
    private boolean aside;

    private Pass(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }
  }

  Admission(EngineLimits limits) {
    this.slots = limits.connections();
    this.longQueries = limits.longQueries();
    this.longAfterNanos = limits.longAfter().toNanos();
    this.longestWait = limits.longestWait();
  }

  /**
   * Waits for its turn.
   *
   * @param canceled whether to give up; looked at again after {@link #wake}
   */
  Pass enter(BooleanSupplier canceled) throws InterruptedException {
    Object ticket = new Object();
    lock.lockInterruptibly();
    try {
      line.addLast(ticket);
      long startNanos = System.nanoTime();
      while (true) {
        requireWanted(canceled);
        long nowNanos = System.nanoTime();
        if (line.peekFirst() == ticket && hasRoom(nowNanos)) {
          Pass pass = new Pass(nowNanos);
          counting.addLast(pass);
          return pass;
        }
        long leftNanos = longestWait.toNanos() - (nowNanos - startNanos);
        if (leftNanos <= 0) {
          throw busy();
        }
        changed.awaitNanos(Math.min(leftNanos, nanosToRoom(nowNanos)));
      }
    } finally {
      line.remove(ticket);
      changed.signalAll();
      lock.unlock();
    }
  }

  private void requireWanted(BooleanSupplier canceled) {
    if (closed) {
      throw SqlErrors.error("57P01", "the catalog is shutting down");
    }
    if (canceled.getAsBoolean()) {
      throw SqlErrors.canceled();
    }
  }

  private boolean hasRoom(long nowNanos) {
    if (counting.size() < slots) {
      return true;
    }
    Pass oldest = counting.getFirst();
    if (aside < longQueries && nowNanos - oldest.sinceNanos >= longAfterNanos) {
      counting.removeFirst();
      oldest.aside = true;
      aside++;
      return true;
    }
    return false;
  }

  /** When the oldest query that counts may be set aside, if it may. */
  private long nanosToRoom(long nowNanos) {
    return aside < longQueries && !counting.isEmpty()
        ? Math.max(1, longAfterNanos - (nowNanos - counting.getFirst().sinceNanos))
        : Long.MAX_VALUE;
  }

  private SqlException busy() {
    return SqlErrors.error("53300", "too many queries over the catalog run for too long")
        .withDetail(
            (counting.size() + aside)
                + " queries are running; this one waited "
                + longestWait.toMillis()
                + " ms for its turn.")
        .withHint("Cancel those that are not needed, or set statement_timeout for them.");
  }

  void leave(Pass pass) {
    lock.lock();
    try {
      if (pass.aside) {
        aside--;
      } else {
        counting.remove(pass);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Makes those who wait look again whether they still want to. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody enters any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

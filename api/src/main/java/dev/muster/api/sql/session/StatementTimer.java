package dev.muster.api.sql.session;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ends statements that take too long, with one alarm for many of them: it is set for the deadline
 * of the first, and where that one is over when it goes off, it is set anew for the one that runs
 * then. So a session of quick statements sets it once in a timeout and not once a statement, which
 * cost each of them a wake-up of another thread.
 *
 * <p>Safe for use by several threads.
 */
final class StatementTimer {
  /** Sets an alarm; what it gives takes it back. */
  @FunctionalInterface
  interface Alarms {
    Future<?> set(long nanos, Runnable goesOff);
  }

  /** Longer is as good as for ever, and stays within what nanoseconds can count. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** For all sessions: an alarm only wakes somebody. */
  private static final ScheduledThreadPoolExecutor SHARED = shared();

  private final Runnable onTimeout;
  private final LongSupplier nanoTime;
  private final Alarms alarms;
  private boolean running;
  private long deadline;
  private Future<?> alarm;
  private long goesOff;

  /**
   * @param onTimeout must be quick, and not use the timer
   */
  StatementTimer(Runnable onTimeout) {
    this(
        onTimeout,
        System::nanoTime,
        (nanos, action) -> SHARED.schedule(action, nanos, TimeUnit.NANOSECONDS));
  }

  StatementTimer(Runnable onTimeout, LongSupplier nanoTime, Alarms alarms) {
    this.onTimeout = onTimeout;
    this.nanoTime = nanoTime;
    this.alarms = alarms;
  }

  private static ScheduledThreadPoolExecutor shared() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("statement-timeouts").factory());
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /** A statement begins that may take this long. */
  synchronized void begin(Duration timeout) {
    Duration bounded = timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
    deadline = nanoTime.getAsLong() + bounded.toNanos();
    running = true;
    if (alarm != null && goesOff - deadline > 0) {
      takeBack();
    }
    if (alarm == null) {
      set();
    }
  }

  /** It is over, or may take as long as it likes. The alarm stays for those that follow. */
  synchronized void end() {
    running = false;
  }

  /** No statement follows. */
  synchronized void close() {
    running = false;
    takeBack();
  }

  private void set() {
    goesOff = deadline;
    alarm = alarms.set(Math.max(0, deadline - nanoTime.getAsLong()), this::goOff);
  }

  private void takeBack() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }

  private synchronized void goOff() {
    long now = nanoTime.getAsLong();
    if (alarm == null || goesOff - now > 0) {
      return; // taken back, too late to be kept from running
    }
    alarm = null;
    if (!running) {
      return;
    }
    if (deadline - now > 0) {
      set();
    } else {
      running = false;
      onTimeout.run();
    }
  }
}

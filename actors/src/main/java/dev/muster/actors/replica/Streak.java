package dev.muster.actors.replica;

import dev.muster.actors.runtime.workload.ExitCause;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Failures in a row: since the replica last served for long enough.
 *
 * <p>Each of the first few is worth an event of its own. From then on it is a crash loop, of which
 * the journal hears at the powers of two, once an hour, and when the cause is another one than it
 * heard last: a replica that fails every minute for a year costs it less than ten thousand events,
 * each with the count and the first of the failures. Causes that take turns cost a few more in an
 * hour ({@link Told#others}).
 *
 * @param since the first of them
 * @param told what the cluster was last told of one of them
 */
record Streak(int failures, Optional<Instant> since, Optional<Told> told) {
  static final Streak NONE = new Streak(0, Optional.empty(), Optional.empty());

  private static final Duration TOLD_AGAIN_AFTER = Duration.ofHours(1);

  /**
   * One cause: what a failure's detail says beyond it, as the last line printed, may differ.
   *
   * @param exit the exit code or the signal
   */
  record Cause(ReplicaFailure.Kind kind, Optional<String> exit) {
    static Cause of(ReplicaFailure failure) {
      return new Cause(failure.kind(), ExitCause.exit(failure));
    }
  }

  /**
   * One failure that the cluster was told of.
   *
   * @param others failures of the loop whose cause was not the one told before them. Those whose
   *     number is a power of two are told; the count begins anew after an hour without news.
   */
  record Told(Instant at, Cause cause, int others) {
    Told(Instant at, ReplicaFailure failure) {
      this(at, Cause.of(failure), 0);
    }

    boolean isOver(Instant now) {
      return !now.isBefore(at.plus(TOLD_AGAIN_AFTER));
    }

    int othersWith(ReplicaFailure failure) {
      return cause.equals(Cause.of(failure)) ? others : others + 1;
    }
  }

  /** A streak of which nothing but the length is known. */
  static Streak of(int failures) {
    return failures == 0 ? NONE : new Streak(failures, Optional.empty(), Optional.empty());
  }

  /**
   * One failure further.
   *
   * @param served for how long the replica had served
   */
  Streak failed(Backoff backoff, Duration served, Instant now) {
    int count = backoff.count(failures, served);
    return count == 1
        ? new Streak(1, Optional.of(now), Optional.empty())
        : new Streak(count, Optional.of(since.orElse(now)), told);
  }

  /** The cluster is told of the latest failure. */
  Streak told(ReplicaFailure failure, Instant now) {
    boolean wasLoop = failures > ReplicaProgress.CRASH_LOOP_FAILURES;
    int others =
        told.filter(last -> wasLoop && !last.isOver(now))
            .map(last -> last.othersWith(failure))
            .orElse(0);
    return new Streak(failures, since, Optional.of(new Told(now, Cause.of(failure), others)));
  }

  /** The cluster's journal does not hear of the latest failure. */
  Streak untold(ReplicaFailure failure) {
    return new Streak(
        failures,
        since,
        told.map(last -> new Told(last.at(), last.cause(), last.othersWith(failure))));
  }

  /** Whether it fails again and again. */
  boolean loops() {
    return failures >= ReplicaProgress.CRASH_LOOP_FAILURES;
  }

  /** Whether the journal shall hear of the latest failure, which it need not hear of. */
  boolean isDue(ReplicaFailure failure, Instant now) {
    return isPowerOfTwo(failures)
        || told.map(last -> last.isOver(now) || isOther(last, failure)).orElse(true);
  }

  private static boolean isOther(Told last, ReplicaFailure failure) {
    int others = last.othersWith(failure);
    return others > last.others() && isPowerOfTwo(others);
  }

  private static boolean isPowerOfTwo(int number) {
    return Integer.bitCount(number) == 1;
  }
}

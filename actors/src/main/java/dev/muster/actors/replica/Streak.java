package dev.muster.actors.replica;

import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Failures in a row: since the replica last served for long enough.
 *
 * <p>Each of the first few is worth an event of its own. From then on it is a crash loop, of which
 * the journal hears at the powers of two, and once an hour: a replica that fails every minute for a
 * year costs it less than ten thousand events, each with the count and the first of the failures.
 *
 * @param since the first of them
 * @param reportedAt when the cluster was last told of one of them
 */
record Streak(int failures, Optional<Instant> since, Optional<Instant> reportedAt) {
  static final Streak NONE = new Streak(0, Optional.empty(), Optional.empty());

  private static final Duration REPORTED_AGAIN_AFTER = Duration.ofHours(1);

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
        : new Streak(count, Optional.of(since.orElse(now)), reportedAt);
  }

  Streak reported(Instant now) {
    return new Streak(failures, since, Optional.of(now));
  }

  /** Whether it fails again and again. */
  boolean loops() {
    return failures >= ReplicaProgress.CRASH_LOOP_FAILURES;
  }

  /** Whether the journal shall hear of a failure that it need not hear of. */
  boolean isDue(Instant now) {
    return Integer.bitCount(failures) == 1
        || reportedAt.map(last -> !now.isBefore(last.plus(REPORTED_AGAIN_AFTER))).orElse(true);
  }
}

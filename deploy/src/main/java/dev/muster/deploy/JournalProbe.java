package dev.muster.deploy;

import dev.muster.journal.JournalErrors;
import dev.muster.journal.read.JournalReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the journal answers, found out when somebody asks: its first event is read, every {@link
 * #AGAIN_AFTER} at most, so that it costs nothing how often somebody asks. What the entities know
 * is in their memory: they would say yes for long without a journal.
 *
 * <p>A reading that is slow is no failure until it has been without an answer for {@link
 * #SILENT_FOR}: a busy disk is no reason to send everybody away. Safe for use by many threads.
 */
final class JournalProbe {
  static final Duration AGAIN_AFTER = Duration.ofSeconds(2);
  static final Duration SILENT_FOR = Duration.ofSeconds(10);
  private static final long WAIT_MILLIS = 300;

  private final JournalReader journal;
  private final LongSupplier nanoTime;
  private CompletableFuture<Optional<String>> reading;
  private long begunNanos;
  private Optional<String> last = Optional.empty();

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  JournalProbe(JournalReader journal, LongSupplier nanoTime) {
    this.journal = journal;
    this.nanoTime = nanoTime;
  }

  /** Why the journal cannot be read; empty where it can. */
  Optional<String> hindrance() {
    CompletableFuture<Optional<String>> asked = asked();
    try {
      return settled(asked.get(WAIT_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.of("stopping");
    } catch (Exception slow) {
      return silent();
    }
  }

  private synchronized CompletableFuture<Optional<String>> asked() {
    boolean old =
        reading == null
            || reading.isDone() && nanoTime.getAsLong() - begunNanos >= AGAIN_AFTER.toNanos();
    if (old) {
      begunNanos = nanoTime.getAsLong();
      reading = read();
    }
    return reading;
  }

  private CompletableFuture<Optional<String>> read() {
    try {
      return journal
          .environment(1, 1)
          .toCompletableFuture()
          .handle(
              (events, failure) -> failure == null ? problem(events) : Optional.of(line(failure)));
    } catch (RuntimeException failure) {
      return CompletableFuture.completedFuture(Optional.of(line(failure)));
    }
  }

  /** An environment that has answered has a first event. */
  private static Optional<String> problem(List<?> events) {
    return events.isEmpty() ? Optional.of("its first event is gone") : Optional.empty();
  }

  private static String line(Throwable failure) {
    return JournalErrors.describe(failure).orElseGet(() -> String.valueOf(failure.getMessage()));
  }

  private synchronized Optional<String> settled(Optional<String> found) {
    last = found;
    return found.map(reason -> "the journal cannot be read: " + reason);
  }

  private synchronized Optional<String> silent() {
    long nanos = nanoTime.getAsLong() - begunNanos;
    return nanos >= SILENT_FOR.toNanos()
        ? Optional.of("the journal does not answer")
        : last.map(reason -> "the journal cannot be read: " + reason);
  }
}

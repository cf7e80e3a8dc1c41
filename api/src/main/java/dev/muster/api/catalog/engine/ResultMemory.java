package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.rewrite.SqlErrors;
import dev.muster.api.error.SqlException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the heap the rows of results take, from when they are read until they have been
 * handed out: of one result, and of all together. Roughly: what rows and values cost as objects is
 * counted, not measured. Safe for use by many threads.
 */
final class ResultMemory {
  static final long ROW_BYTES = 64;
  static final long VALUE_BYTES = 28;

  /** Without its letters. */
  static final long TEXT_BYTES = 44;

  private final long oneBytes;
  private final long allBytes;
  private final AtomicLong taken = new AtomicLong();

  ResultMemory(EngineLimits limits) {
    this.oneBytes = limits.resultBytes();
    this.allBytes = limits.resultsBytes();
  }

  /** That one result may take. */
  long oneBytes() {
    return oneBytes;
  }

  /** For one result that has no rows yet. */
  Share share() {
    return new Share();
  }

  /** What one result takes. For one thread at a time. */
  final class Share {
    private long bytes;

    private Share() {}

    /**
     * Takes what a row needs.
     *
     * @throws SqlException 53200 where that is more than there may be; the share is kept until it
     *     is released
     */
    void add(List<Object> row) {
      long more = bytes(row) + ROW_BYTES;
      bytes += more;
      long all = taken.addAndGet(more);
      if (bytes > oneBytes) {
        throw ResultBound.exceeded();
      }
      if (all > allBytes) {
        throw SqlErrors.error("53200", "too much memory is taken by results")
            .withDetail(
                "All results that are being read or fetched may take "
                    + (allBytes >> 20)
                    + " MiB together.")
            .withHint("Try again once the others have been fetched, or ask for fewer rows.");
      }
    }

    /** Gives back all that was taken; once is enough. */
    void release() {
      taken.addAndGet(-bytes);
      bytes = 0;
    }
  }

  private static long bytes(List<?> values) {
    long bytes = 0;
    for (Object value : values) {
      bytes +=
          switch (value) {
            case null -> 4;
            case String text -> TEXT_BYTES + text.length();
            case byte[] raw -> TEXT_BYTES + raw.length;
            case List<?> list -> ROW_BYTES + bytes(list);
            default -> VALUE_BYTES;
          };
    }
    return bytes;
  }
}

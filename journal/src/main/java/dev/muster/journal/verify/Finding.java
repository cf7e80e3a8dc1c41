package dev.muster.journal.verify;

import java.time.Instant;

/**
 * Something that is not as Muster wrote it.
 *
 * @param persistenceId whose
 * @param sequenceNumber the first bad event's
 * @param near that event's time, or where it cannot be told that of the one before it ({@link
 *     Instant#EPOCH} where there is none)
 * @param what is wrong with it, as the end of a sentence that names it
 * @param altogether whether there is no event at all: then {@code what} says how that is known
 */
public record Finding(
    String persistenceId, long sequenceNumber, Instant near, String what, boolean altogether) {
  public Finding(String persistenceId, long sequenceNumber, Instant near, String what) {
    this(persistenceId, sequenceNumber, near, what, false);
  }

  /**
   * @param how it is known that there were events
   */
  static Finding allMissing(String persistenceId, Instant near, String how) {
    return new Finding(persistenceId, 1, near, how, true);
  }

  public String text() {
    if (altogether) {
      return "all events of %s are missing: %s".formatted(persistenceId, what);
    }
    String time = near.equals(Instant.EPOCH) ? "" : " (" + near + ")";
    return "event %d of %s%s %s".formatted(sequenceNumber, persistenceId, time, what);
  }
}

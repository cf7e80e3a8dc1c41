package dev.muster.journal.verify;

import java.time.Instant;

/**
 * Something that is not as Muster wrote it.
 *
 * @param persistenceId whose
 * @param sequenceNumber the first bad event's
 * @param near that event's time, or where it cannot be told that of the one before it
 * @param what is wrong with it, as the end of a sentence that names it
 */
public record Finding(String persistenceId, long sequenceNumber, Instant near, String what) {
  public String text() {
    return "event %d of %s (%s) %s".formatted(sequenceNumber, persistenceId, near, what);
  }
}

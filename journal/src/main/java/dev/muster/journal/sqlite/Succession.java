package dev.muster.journal.sqlite;

import dev.muster.journal.JournalUnusableException;

/**
 * Sees to it that an entity's events follow each other: what is built on a gap is wrong, and what
 * is written behind one hides it. For one reading.
 */
final class Succession {
  private final String persistenceId;
  private long expected;

  /**
   * @param from the number that is read first, after a snapshot that of the event behind it
   */
  Succession(String persistenceId, long from) {
    this.persistenceId = persistenceId;
    this.expected = Math.max(1, from);
  }

  /**
   * @throws JournalUnusableException where events before this one are missing
   */
  void next(long sequenceNumber) {
    if (sequenceNumber != expected) {
      throw JournalUnusableException.missing(persistenceId, expected, sequenceNumber - 1);
    }
    expected++;
  }
}

package dev.muster.journal.event;

/** What a journal holds. */
public sealed interface JournalEvent permits ClusterEvent, EnvironmentEvent {
  /**
   * How many timestamps in a row the event takes up, of which the last is its own: one for each
   * thing that the audit tells of it in a row by itself, since the id of such a row is a timestamp.
   */
  default int times() {
    return 1;
  }
}

package dev.muster.journal;

/** What a failed write to the journal means for what was to be written. */
public enum JournalFailure {
  /** It was refused: nothing was written. */
  REFUSED,

  /**
   * It holds what cannot be there, and what was to be written does not fit: nothing was written.
   */
  DAMAGED,

  /** The journal's disk is full: nothing was written. */
  DISK_FULL,

  /** The journal could not be asked: nothing was written, and it may be tried again. */
  UNREACHABLE,

  /** The journal did not answer in time: it may yet be written. */
  UNCONFIRMED
}

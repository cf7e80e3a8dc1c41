package dev.muster.journal.cassandra;

import dev.muster.journal.JournalFailure;

/** A write by a node that cannot be sure any more that what it writes is its own. */
public final class NotOursException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean begun;

  /**
   * @param begun whether something may have been written
   */
  NotOursException(boolean begun) {
    super(
        "this node has lost sight of the majority of the others, which may have taken over what it"
            + " had");
    this.begun = begun;
  }

  /** What became of the write. */
  public JournalFailure kind() {
    return begun ? JournalFailure.UNCONFIRMED : JournalFailure.UNREACHABLE;
  }
}

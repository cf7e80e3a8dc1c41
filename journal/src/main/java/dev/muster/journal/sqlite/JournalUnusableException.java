package dev.muster.journal.sqlite;

/** The journal's file cannot be used. The message is one line for the operator. */
public final class JournalUnusableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalUnusableException(String message) {
    super(message);
  }

  JournalUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}

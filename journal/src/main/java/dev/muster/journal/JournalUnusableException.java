package dev.muster.journal;

/** The journal cannot be used. The message is one line for the operator. */
public final class JournalUnusableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalUnusableException(String message) {
    super(message);
  }

  public JournalUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.muster.journal;

/** The journal cannot be used. The message is one line for the operator. */
public final class JournalUnusableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalUnusableException(String message) {
    super(message);
  }

  /** Events of an entity are missing, from one number to another. */
  public static JournalUnusableException missing(String persistenceId, long first, long last) {
    String which =
        first == last ? "event " + first + " is" : "events " + first + " to " + last + " are";
    return new JournalUnusableException(
        "%s: %s missing in the journal; run 'muster audit verify'".formatted(persistenceId, which));
  }

  public JournalUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.muster.deploy;

/**
 * Muster cannot start, for a reason that the operator can mend: the message is the one line that
 * says which.
 */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartupException(String message) {
    super(message, null, false, false);
  }
}

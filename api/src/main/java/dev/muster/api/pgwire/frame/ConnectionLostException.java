package dev.muster.api.pgwire.frame;

/**
 * The client is gone: nothing can be written to it any more. Expected, so without a stack trace.
 */
public final class ConnectionLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConnectionLostException(Throwable cause) {
    super("the client is gone", cause, false, false);
  }
}

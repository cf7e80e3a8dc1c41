package dev.muster.api.pgwire.frame;

/**
 * The client's bytes cannot be taken apart into messages any more: the connection must end, with
 * SQLSTATE 08P01. (A message whose frame is sound and whose content is not is an {@link
 * dev.muster.api.error.SqlException} of the same SQLSTATE, and the connection goes on, as in
 * PostgreSQL.)
 */
public final class ProtocolViolationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProtocolViolationException(String message) {
    super(message, null, false, false);
  }
}

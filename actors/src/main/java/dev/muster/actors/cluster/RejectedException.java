package dev.muster.actors.cluster;

import dev.muster.api.command.Rejection;

/**
 * Carries a rejection out of the depth of a decision; never leaves this package. Expected, and so
 * without a stack trace.
 */
final class RejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Rejection rejection;

  RejectedException(Rejection rejection) {
    super(rejection.toString(), null, false, false);
    this.rejection = rejection;
  }

  Rejection rejection() {
    return rejection;
  }

  static void rejectIf(boolean condition, Rejection rejection) {
    if (condition) {
      throw new RejectedException(rejection);
    }
  }
}

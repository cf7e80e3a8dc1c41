package dev.muster.deploy.drill;

/** Why a drill cannot be held, or could not be ended as it should; the message is for the user. */
final class DrillException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DrillException(String message) {
    super(message);
  }
}

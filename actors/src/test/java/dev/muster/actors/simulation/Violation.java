package dev.muster.actors.simulation;

/** An invariant of the design does not hold. */
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  Violation(String message) {
    super(message);
  }

  static void unless(boolean holds, int invariant, String message) {
    if (!holds) {
      throw new Violation("invariant " + invariant + ": " + message);
    }
  }
}

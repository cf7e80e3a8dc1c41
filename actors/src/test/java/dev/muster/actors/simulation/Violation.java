package dev.muster.actors.simulation;

import java.util.function.Supplier;

/** An invariant of the design does not hold. */
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  Violation(String message) {
    super(message);
  }

  /** The same, where the text costs more than the check. */
  static void unless(boolean condition, int invariant, Supplier<String> what) {
    if (!condition) {
      unless(false, invariant, what.get());
    }
  }

  static void unless(boolean holds, int invariant, String message) {
    if (!holds) {
      throw new Violation("invariant " + invariant + ": " + message);
    }
  }
}

package dev.muster.actors.simulation;

import java.util.function.Supplier;

/** An invariant of the design does not hold. */
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final int invariant;

  Violation(int invariant, String message) {
    super("invariant " + invariant + ": " + message);
    this.invariant = invariant;
  }

  /** The same, where the text costs more than the check. */
  static void unless(boolean condition, int invariant, Supplier<String> what) {
    if (!condition) {
      unless(false, invariant, what.get());
    }
  }

  static void unless(boolean holds, int invariant, String message) {
    if (!holds) {
      throw new Violation(invariant, message);
    }
  }

  /** Its number in the design. */
  int invariant() {
    return invariant;
  }

  /** The place that noticed: failures that are seen there are of one kind. */
  String seenAt() {
    for (StackTraceElement element : getStackTrace()) {
      if (!element.getClassName().equals(Violation.class.getName())) {
        return element.getClassName() + ":" + element.getLineNumber();
      }
    }
    return "";
  }
}

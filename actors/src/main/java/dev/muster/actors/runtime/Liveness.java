package dev.muster.actors.runtime;

/**
 * Whether a replica still answers {@code /livez}: one unanswered question is bad luck, several in a
 * row are a hung replica, which serves nobody and is to be ended. Pure.
 *
 * @param missed questions in a row that were not answered
 * @param failures as many make it unresponsive, at least 1
 */
public record Liveness(int missed, int failures) {
  public Liveness {
    if (failures < 1 || missed < 0) {
      throw new IllegalArgumentException(missed + " of " + failures + " questions are missed");
    }
  }

  /** Of a replica that has just answered. */
  public static Liveness of(int failures) {
    return new Liveness(0, failures);
  }

  /** One question later. */
  public Liveness asked(boolean answered) {
    return new Liveness(answered ? 0 : Math.min(missed + 1, failures), failures);
  }

  public boolean isDoubtful() {
    return missed > 0;
  }

  public boolean isUnresponsive() {
    return missed >= failures;
  }
}

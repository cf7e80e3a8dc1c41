package dev.muster.actors.runtime;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a replica still answers {@code /livez}: one unanswered question is bad luck, several in a
 * row are a hung replica, which serves nobody and is to be ended. Pure.
 *
 * @param missed questions in a row that were not answered
 * @param failures as many make it unresponsive, at least 1
 * @param silentSince when the first of the missed questions was asked: as far as anybody knows, it
 *     has served nobody since
 */
public record Liveness(int missed, int failures, Optional<Instant> silentSince) {
  public Liveness {
    if (failures < 1 || missed < 0) {
      throw new IllegalArgumentException(missed + " of " + failures + " questions are missed");
    }
    if (silentSince.isPresent() != missed > 0) {
      throw new IllegalArgumentException(missed + " questions are missed since " + silentSince);
    }
  }

  /** Of a replica that has just answered. */
  public static Liveness of(int failures) {
    return new Liveness(0, failures, Optional.empty());
  }

  /**
   * One question later.
   *
   * @param askedAt when the question was asked, not when its answer was given up
   */
  public Liveness asked(Instant askedAt, boolean answered) {
    return answered
        ? of(failures)
        : new Liveness(
            Math.min(missed + 1, failures), failures, Optional.of(silentSince.orElse(askedAt)));
  }

  public boolean isDoubtful() {
    return missed > 0;
  }

  public boolean isUnresponsive() {
    return missed >= failures;
  }
}

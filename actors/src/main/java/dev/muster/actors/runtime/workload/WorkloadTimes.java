package dev.muster.actors.runtime.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a workload answered and hydrated: by its own word, where it gives one that can be true, and
 * else by what its runtime has seen. Who was down meanwhile has seen nothing. Pure.
 *
 * @param startedAt when its process began
 * @param watched whether somebody has looked at it ever since
 */
public record WorkloadTimes(Instant startedAt, boolean watched) {
  /**
   * When it first answered; of one that does not say, and was not watched, when it began.
   *
   * @param now when it answered us
   */
  public Instant answeredAt(Probe.Hydration said, Instant now) {
    return said.startedAt()
        .filter(at -> isPossible(at, now))
        .orElseGet(() -> watched || startedAt.isAfter(now) ? now : startedAt);
  }

  /**
   * When it had hydrated; of one that does not say, when that was seen, which may be late.
   *
   * @param now when it said that it has
   */
  public Instant hydratedAt(Probe.Hydration said, Instant now) {
    Instant began = said.startedAt().orElse(startedAt);
    return said.hydratedAt()
        .filter(at -> isPossible(at, now))
        .or(() -> said.elapsed().map(began::plus).filter(at -> isPossible(at, now)))
        .orElse(now);
  }

  /** From the beginning of its process, as far as the clock can be trusted. */
  public Duration took(Probe.Hydration said, Instant now) {
    Duration took = Duration.between(startedAt, hydratedAt(said, now));
    return took.isNegative() ? said.elapsed().orElse(Duration.ZERO) : took;
  }

  private boolean isPossible(Instant at, Instant now) {
    return !at.isBefore(startedAt) && !at.isAfter(now);
  }

  /** What a workload says in milliseconds; nothing where that makes no sense. */
  public static Optional<Duration> elapsed(long millis) {
    return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
  }
}

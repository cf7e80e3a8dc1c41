package dev.muster.replicad;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far hydration is. Written by one thread, read by many. */
final class Progress {
  /**
   * At one moment.
   *
   * @param end when it had hydrated; empty before
   */
  record Reading(
      String replicaId,
      long objectsDone,
      long objectsTotal,
      long bytes,
      Optional<End> end,
      Optional<String> error) {
    boolean hydrated() {
      return end.isPresent();
    }
  }

  /**
   * The end of a hydration.
   *
   * @param took since the beginning, whatever became of the clock meanwhile
   */
  record End(Instant at, Duration took) {}

  private final Instant startedAt = Instant.now();
  private final long startedNanos = System.nanoTime();
  private volatile Reading reading;

  /** It begins now. */
  Progress(String replicaId) {
    reading = new Reading(replicaId, 0, 0, 0, Optional.empty(), Optional.empty());
  }

  Reading reading() {
    return reading;
  }

  Instant startedAt() {
    return startedAt;
  }

  /** From the beginning until it had hydrated, or until now. */
  Duration elapsed() {
    return reading.end().map(End::took).orElseGet(this::sinceBeginning);
  }

  private Duration sinceBeginning() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  void advanced(long objectsDone, long objectsTotal, long bytes) {
    reading =
        new Reading(
            reading.replicaId(),
            objectsDone,
            objectsTotal,
            bytes,
            Optional.empty(),
            Optional.empty());
  }

  void hydrated() {
    Reading last = reading;
    reading =
        new Reading(
            last.replicaId(),
            last.objectsTotal(),
            last.objectsTotal(),
            last.bytes(),
            Optional.of(new End(Instant.now(), sinceBeginning())),
            Optional.empty());
  }

  void failed(String error) {
    Reading last = reading;
    reading =
        new Reading(
            last.replicaId(),
            last.objectsDone(),
            last.objectsTotal(),
            last.bytes(),
            Optional.empty(),
            Optional.of(error));
  }
}

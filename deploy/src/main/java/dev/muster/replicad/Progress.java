package dev.muster.replicad;

import java.util.Optional;

/** How far hydration is. Written by one thread, read by many. */
final class Progress {
  /** At one moment. */
  record Reading(
      String replicaId,
      long objectsDone,
      long objectsTotal,
      long bytes,
      boolean hydrated,
      Optional<String> error) {}

  private volatile Reading reading;

  Progress(String replicaId) {
    reading = new Reading(replicaId, 0, 0, 0, false, Optional.empty());
  }

  Reading reading() {
    return reading;
  }

  void advanced(long objectsDone, long objectsTotal, long bytes) {
    reading =
        new Reading(reading.replicaId(), objectsDone, objectsTotal, bytes, false, Optional.empty());
  }

  void hydrated() {
    Reading last = reading;
    reading =
        new Reading(
            last.replicaId(),
            last.objectsTotal(),
            last.objectsTotal(),
            last.bytes(),
            true,
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
            false,
            Optional.of(error));
  }
}

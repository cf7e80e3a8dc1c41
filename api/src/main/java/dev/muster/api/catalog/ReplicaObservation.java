package dev.muster.api.catalog;

import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.Utilization;
import java.time.Instant;
import java.util.Optional;

/**
 * What was last seen of a running replica: worth showing, not worth journaling.
 *
 * @param objectsDone objects loaded, of {@code objectsTotal}
 * @param consumption what it uses of the machine, where that was measured
 */
public record ReplicaObservation(
    ReplicaId id,
    Instant at,
    long objectsDone,
    long objectsTotal,
    long bytes,
    Consumption consumption) {

  /**
   * What a replica uses, and what it was given.
   *
   * @param memoryBytes resident memory
   * @param memoryLimitBytes memory that it may use
   * @param cpuNanoCores CPU in use, in billionths of a core
   * @param cpuLimitNanoCores CPU that its size stands for
   */
  public record Consumption(
      Optional<Long> memoryBytes,
      Optional<Long> memoryLimitBytes,
      Optional<Long> cpuNanoCores,
      Optional<Long> cpuLimitNanoCores,
      Optional<Long> diskBytes) {
    public static final Consumption UNKNOWN =
        new Consumption(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** An observation of the progress alone. */
  public static ReplicaObservation progress(
      ReplicaId id, Instant at, long objectsDone, long objectsTotal, long bytes) {
    return new ReplicaObservation(id, at, objectsDone, objectsTotal, bytes, Consumption.UNKNOWN);
  }

  /** What is used of what was given; empty where either is not known. */
  public Optional<Utilization> utilization() {
    return fraction(consumption.cpuNanoCores(), consumption.cpuLimitNanoCores())
        .flatMap(
            cpu ->
                fraction(consumption.memoryBytes(), consumption.memoryLimitBytes())
                    .map(memory -> new Utilization(at, cpu, memory)));
  }

  private static Optional<Double> fraction(Optional<Long> used, Optional<Long> given) {
    return used.flatMap(
        amount -> given.filter(limit -> limit > 0).map(limit -> (double) amount / limit));
  }
}

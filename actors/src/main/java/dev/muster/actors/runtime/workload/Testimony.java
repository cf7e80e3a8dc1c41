package dev.muster.actors.runtime.workload;

import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.api.catalog.ReplicaObservation.Consumption;
import dev.muster.journal.event.ReplicaId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a replica has said of itself since somebody asks it, and the signals that come of that. One
 * thread asks, others may read.
 */
public final class Testimony {
  private final ReplicaId id;
  private final long incarnation;
  private final long processId;
  private final WorkloadTimes times;
  private volatile Probe.Hydration progress = Probe.Hydration.UNKNOWN;
  private volatile RuntimeSignal.Started answered;
  private volatile RuntimeSignal.Hydrated hydrated;

  /**
   * None yet.
   *
   * @param processId the operating system's, 0 where there is none
   */
  public Testimony(ReplicaId id, long incarnation, long processId, WorkloadTimes times) {
    this.id = id;
    this.incarnation = incarnation;
    this.processId = processId;
    this.times = times;
  }

  /** It answers for the first time, and says this. */
  public RuntimeSignal.Started answers(Probe.Hydration said, Instant now) {
    answered =
        new RuntimeSignal.Started(
            id,
            incarnation,
            processId,
            Optional.of(times.startedAt()),
            Optional.of(times.answeredAt(said, now)));
    return answered;
  }

  /** It says how far it is. */
  public void says(Probe.Hydration said) {
    progress = said;
  }

  /**
   * It serves, by what it said last.
   *
   * @param peakMemoryBytes at least; it may have seen more itself
   */
  public RuntimeSignal.Hydrated hydrates(
      long peakMemoryBytes, Optional<Long> memoryLimitBytes, Instant now) {
    hydrated =
        new RuntimeSignal.Hydrated(
            id,
            incarnation,
            times.took(progress, now),
            progress.objectsTotal(),
            progress.bytes(),
            Math.max(progress.peakMemoryBytes(), peakMemoryBytes),
            memoryLimitBytes,
            Optional.of(times.hydratedAt(progress, now)));
    return hydrated;
  }

  public boolean hasAnswered() {
    return answered != null;
  }

  /** Whether it was told that it serves. */
  public boolean hasHydrated() {
    return hydrated != null;
  }

  /** What it said last. */
  public Probe.Hydration progress() {
    return progress;
  }

  public ReplicaObservation observation(Instant at, Consumption consumption) {
    Probe.Hydration now = progress;
    return new ReplicaObservation(
        id, at, now.objectsDone(), now.objectsTotal(), now.bytes(), consumption);
  }

  /** What a listener who comes late has missed. */
  public void repeatTo(Consumer<RuntimeSignal> late) {
    RuntimeSignal.Started first = answered;
    if (first != null) {
      late.accept(first);
    }
    RuntimeSignal.Hydrated last = hydrated;
    if (last != null) {
      late.accept(last);
    }
  }
}

package dev.muster.actors.simulation;

import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ReplicaId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A replica's process. The latest listener hears of it; nobody after its listener has gone. */
final class Process {
  final ReplicaId id;
  final long incarnation;
  final Instant startedAt;
  boolean hydrated;
  long hydratedMicros;

  /** Since when it answers nothing; empty where it does. */
  Optional<Long> silentSinceMicros = Optional.empty();

  private Optional<Long> missedSinceMicros = Optional.empty();
  private Consumer<RuntimeSignal> asking;
  private Consumer<RuntimeSignal> listener;
  private Instant answeredAt;
  private Instant hydratedAt;
  private boolean hasToldStart;
  private boolean hasToldHydration;

  Process(ReplicaId id, long incarnation, Instant startedAt) {
    this.id = id;
    this.incarnation = incarnation;
    this.startedAt = startedAt;
  }

  boolean isSilent() {
    return silentSinceMicros.isPresent();
  }

  /** Since the first of the questions in a row that it did not answer. */
  Optional<Long> missedSinceMicros() {
    return missedSinceMicros;
  }

  /** Whether somebody asks it already, and has had no answer yet. */
  boolean isAskedBy(Consumer<RuntimeSignal> other) {
    return asking == other;
  }

  void askedBy(Consumer<RuntimeSignal> other) {
    asking = other;
  }

  /** A question, which it answers or not; once it has, nobody asks on. */
  void asked(long nowMicros) {
    if (isSilent()) {
      missedSinceMicros = missedSinceMicros.or(() -> Optional.of(nowMicros));
    } else {
      missedSinceMicros = Optional.empty();
      asking = null;
    }
  }

  Consumer<RuntimeSignal> listener() {
    return listener;
  }

  /** From now on; he knows nothing of it. */
  void heardBy(Consumer<RuntimeSignal> other) {
    listener = other;
    missedSinceMicros = Optional.empty();
    hasToldStart = false;
    hasToldHydration = false;
  }

  void answers(Instant at) {
    answeredAt = at;
    tellNews();
  }

  void hydrates(Instant at, long micros) {
    hydrated = true;
    hydratedAt = at;
    hydratedMicros = micros;
    tellNews();
  }

  /** What its listener does not know, with the instants at which it was so. */
  void tellNews() {
    if (isSilent() || listener == null) {
      return;
    }
    if (answeredAt != null && !hasToldStart) {
      hasToldStart = true;
      tell(
          new RuntimeSignal.Started(
              id, incarnation, 1, Optional.of(startedAt), Optional.of(answeredAt)));
    }
    if (hydrated && !hasToldHydration) {
      hasToldHydration = true;
      tell(
          new RuntimeSignal.Hydrated(
              id,
              incarnation,
              Duration.ofMillis(5),
              1,
              1,
              1,
              Optional.empty(),
              Optional.of(hydratedAt)));
    }
  }

  void tell(RuntimeSignal signal) {
    if (listener != null) {
      listener.accept(signal);
    }
  }

  @Override
  public String toString() {
    return "%s:%d%s%s"
        .formatted(id, incarnation, hydrated ? " hydrated" : "", isSilent() ? " silent" : "");
  }
}

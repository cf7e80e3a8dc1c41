package dev.muster.api.catalog.past;

import dev.muster.journal.event.HybridTime;
import dev.muster.journal.read.JournalReader.Sequenced;
import dev.muster.journal.state.ImpossibleEventException;
import java.util.List;

/**
 * What an entity was from one of its events to the next. Immutable.
 *
 * @param sequenceNumber of the event that it begins with; 0 before the first
 * @param since the time of that event
 * @param untilMillis of the next event; {@link Long#MAX_VALUE} where none is known
 */
record Span<S>(S state, long sequenceNumber, HybridTime since, long untilMillis) {

  /** What an event makes of a state. */
  interface Evolve<E, S> {
    S after(S state, HybridTime at, E event);
  }

  static <S> Span<S> before(S empty) {
    return new Span<>(empty, 0, HybridTime.ZERO, 0);
  }

  /** Whether a later instant than this span's may be reached by going on from it. */
  boolean reaches(long instantMillis) {
    return since.epochMillis() <= instantMillis;
  }

  /**
   * Whether it is what the entity was at an instant.
   *
   * @param newest the number of the newest event that is known to be there
   */
  boolean holds(long instantMillis, long newest) {
    return sequenceNumber > 0
        && reaches(instantMillis)
        && instantMillis < untilMillis
        && (untilMillis < Long.MAX_VALUE || newest <= sequenceNumber);
  }

  /**
   * The span that an instant is in.
   *
   * @param persistenceId whose events they are
   * @param events all that follow this span's
   * @throws ImpossibleEventException that names the event which cannot follow those before it
   */
  <E> Span<S> next(
      String persistenceId,
      List<Sequenced<E>> events,
      long instantMillis,
      Evolve<? super E, S> evolve) {
    S now = state;
    long number = sequenceNumber;
    HybridTime at = since;
    for (Sequenced<E> event : events) {
      HybridTime its = event.recorded().at();
      if (its.compareTo(at) <= 0) {
        // What a writer left that had been succeeded: it does not count.
        continue;
      }
      if (its.epochMillis() > instantMillis) {
        return new Span<>(now, number, at, its.epochMillis());
      }
      try {
        now = evolve.after(now, its, event.recorded().event());
      } catch (ImpossibleEventException impossible) {
        throw impossible.at(persistenceId, event.sequenceNumber());
      }
      number = event.sequenceNumber();
      at = its;
    }
    return new Span<>(now, number, at, Long.MAX_VALUE);
  }
}

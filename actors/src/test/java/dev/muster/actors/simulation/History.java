package dev.muster.actors.simulation;

import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.codec.JournalCodec.Encoded;
import dev.muster.journal.event.Recorded;
import java.util.ArrayList;
import java.util.List;

/**
 * What the journal has of one entity: its events, every third as it comes back from its bytes, its
 * latest snapshot as bytes, and the state that the events fold into.
 *
 * @param <E> the type of the events
 * @param <S> the type of the state
 */
final class History<E, S> {
  /** Far more often than an installation does, so that most recoveries begin with one. */
  private static final int SNAPSHOT_EVERY = 12;

  /** The codec costs more than everything else that happens to an event. */
  private static final int REREAD_EVERY = 3;

  /** The state after an event. */
  @FunctionalInterface
  interface Fold<E, S> {
    S evolve(S before, Recorded<E> recorded);
  }

  /** Is told of each event as it becomes durable. */
  @FunctionalInterface
  interface Watcher<E, S> {
    void journaled(S before, Recorded<E> recorded, S after);
  }

  /** What an entity that starts is given: a snapshot, and the events since. */
  record Recovery<E, S>(S snapshot, List<Recorded<E>> tail, long lastSequenceNumber) {}

  private final Fold<E, S> fold;
  private final S empty;
  private final Plant plant;
  private final List<Recorded<E>> events = new ArrayList<>();
  private S state;
  private Encoded snapshot;
  private int snapshotSequenceNumber;

  History(S empty, Fold<E, S> fold, Plant plant) {
    this.empty = empty;
    this.state = empty;
    this.fold = fold;
    this.plant = plant;
  }

  List<Recorded<E>> events() {
    return events;
  }

  S state() {
    return state;
  }

  void append(List<Recorded<E>> written, Watcher<E, S> watcher) {
    S before = state;
    for (Recorded<E> one : written) {
      Recorded<E> recorded = events.size() % REREAD_EVERY == 0 ? reread(one) : one;
      before = state;
      state = fold.evolve(state, recorded);
      events.add(recorded);
      watcher.journaled(before, recorded, state);
    }
    if (events.size() >= snapshotSequenceNumber + SNAPSHOT_EVERY) {
      snapshot = JournalCodec.STANDARD.encode(plant == Plant.SNAPSHOT_BEHIND ? before : state);
      snapshotSequenceNumber = events.size();
    }
  }

  private static <E> Recorded<E> reread(Recorded<E> one) {
    Recorded<E> recorded = decoded(JournalCodec.STANDARD.encode(one));
    Violation.unless(
        recorded.equals(one), 3, () -> one + " is read from the journal as " + recorded);
    return recorded;
  }

  @SuppressWarnings("unchecked")
  private static <T> T decoded(Encoded encoded) {
    return (T) JournalCodec.STANDARD.decode(encoded.manifest().toString(), encoded.bytes());
  }

  Recovery<E, S> recover() {
    return new Recovery<>(
        snapshot == null ? empty : decoded(snapshot),
        events.subList(snapshotSequenceNumber, events.size()),
        events.size());
  }
}

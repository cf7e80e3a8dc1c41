package dev.muster.api.catalog.past;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.read.JournalReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A journal as it stood at an instant: later events are not in it. Safe for use by many threads,
 * where the journal is.
 */
public final class PastJournal implements JournalReader {
  private final JournalReader journal;
  private volatile Instant instant;

  public PastJournal(JournalReader journal, Instant instant) {
    this.journal = journal;
    this.instant = instant;
  }

  /** From now on it is that of another instant. */
  public void moveTo(Instant another) {
    instant = another;
  }

  @Override
  public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(
      ClusterId id, long fromSequenceNumber, long toSequenceNumber) {
    return past(
        toSequenceNumber == Long.MAX_VALUE
            ? journal.clusterUntil(id, fromSequenceNumber, instant)
            : journal.cluster(id, fromSequenceNumber, toSequenceNumber),
        fromSequenceNumber,
        (from, to) -> journal.cluster(id, from, to));
  }

  @Override
  public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(
      long fromSequenceNumber, long toSequenceNumber) {
    return past(
        toSequenceNumber == Long.MAX_VALUE
            ? journal.environmentUntil(fromSequenceNumber, instant)
            : journal.environment(fromSequenceNumber, toSequenceNumber),
        fromSequenceNumber,
        journal::environment);
  }

  /** What comes later is of no account, not even that it cannot be read. */
  private <E> CompletionStage<List<Sequenced<E>>> past(
      CompletionStage<List<Sequenced<E>>> all, long from, Beginning.Reading<E> reading) {
    return Beginning.until(instant, from, all, reading).thenApply(this::past);
  }

  /** Up to the first that is later: an entity's own times ascend. */
  private <E> List<Sequenced<E>> past(List<Sequenced<E>> events) {
    List<Sequenced<E>> past = new ArrayList<>();
    for (Sequenced<E> event : events) {
      if (event.recorded().at().instant().isAfter(instant)) {
        break;
      }
      past.add(event);
    }
    return past;
  }
}

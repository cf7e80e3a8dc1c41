package dev.muster.journal.verify;

import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.codec.JournalSerializer;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.read.JournalReader.Sequenced;
import dev.muster.journal.read.NewestWriter;
import java.util.ArrayList;
import java.util.List;

/** Understands events as they are stored. Pure. */
public final class RawEvents {
  private RawEvents() {}

  /**
   * What one entity's events say.
   *
   * @param from the number of the first of them
   * @param writersMayCollide whether one number may be there twice: the newest writer's counts
   * @throws IllegalStateException with what is wrong as its cause: a number missing, a clock that
   *     jumped back, an event that is damaged, of a newer version, or none of Muster's
   */
  public static <E> List<Sequenced<E>> understood(
      String persistenceId,
      List<RawEvent> rows,
      long from,
      boolean writersMayCollide,
      Class<E> family) {
    try {
      List<Sequenced<E>> all = new ArrayList<>(rows.size());
      for (RawEvent row : rows) {
        all.add(new Sequenced<>(row.sequenceNumber(), decoded(row, family)));
      }
      List<Sequenced<E>> events = writersMayCollide ? NewestWriter.of(all) : all;
      checkOrder(persistenceId, events, from);
      return events;
    } catch (RuntimeException failure) {
      throw unreadable(persistenceId, failure);
    }
  }

  /** Names the entity whose journal cannot be read. */
  public static IllegalStateException unreadable(String persistenceId, Throwable failure) {
    return new IllegalStateException(
        "cannot read the journal of persistenceId [%s]: %s"
            .formatted(persistenceId, failure.getMessage()),
        failure);
  }

  /**
   * What one event says.
   *
   * @throws JournalUnusableException where it is none of Muster's
   * @throws dev.muster.journal.codec.JournalFormatException where it is damaged, or of a newer
   *     version
   */
  @SuppressWarnings("unchecked") // the event's class is looked at first
  public static <E> Recorded<E> decoded(RawEvent row, Class<E> family) {
    if (row.serializerId() == JournalSerializer.IDENTIFIER
        && JournalCodec.STANDARD.decode(row.manifest(), row.payload())
            instanceof Recorded<?> recorded
        && family.isInstance(recorded.event())) {
      return (Recorded<E>) recorded;
    }
    throw new JournalUnusableException(
        "event %d of %s is none of Muster's: its type is \"%s\""
            .formatted(row.sequenceNumber(), row.persistenceId(), row.manifest()));
  }

  private static void checkOrder(
      String persistenceId, List<? extends Sequenced<?>> events, long from) {
    long expected = from;
    HybridTime latest = HybridTime.ZERO;
    for (Sequenced<?> event : events) {
      HybridTime at = event.recorded().at();
      if (event.sequenceNumber() != expected) {
        throw new JournalUnusableException(
            "the journal of %s has a gap: event %d is missing".formatted(persistenceId, expected));
      }
      if (at.compareTo(latest) <= 0) {
        throw new JournalUnusableException(
            "in the journal of %s the clock jumps back: event %d is of %s, the one before it of %s"
                .formatted(persistenceId, event.sequenceNumber(), at.instant(), latest.instant()));
      }
      expected = event.sequenceNumber() + 1;
      latest = at;
    }
  }
}

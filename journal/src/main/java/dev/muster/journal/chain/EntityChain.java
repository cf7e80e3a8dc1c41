package dev.muster.journal.chain;

import dev.muster.journal.codec.ChainedSnapshot;
import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.event.Recorded;
import java.util.Optional;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;
import org.apache.pekko.persistence.typed.SnapshotAdapter;

/**
 * The chain of one entity, from event to event: what the entity hands to the journal gets its hash
 * beside it, and what it recovers tells where the chain is. For the entity's own thread alone.
 *
 * <p>A write that fails has moved the chain although nothing is stored; the recovery that follows
 * moves it back to what is. Events are encoded here, once, on the entity's thread: the hash is over
 * exactly the bytes that the journal then stores.
 *
 * @param <E> the entity's events
 * @param <S> its state
 */
public final class EntityChain<E, S> {
  private final String genesis;
  private String head;
  private Recorded<E> linked;
  private JournalCodec.Encoded encoded;

  public EntityChain(String persistenceId) {
    this.genesis = ChainHash.genesis(persistenceId);
    this.head = genesis;
  }

  /** The hash of the last event; empty where it was written before chains were kept. */
  public Optional<String> head() {
    return head.equals(genesis) ? Optional.empty() : Optional.of(head);
  }

  /** A recovery has ended. Where it found nothing at all, nothing has told of it. */
  public void recovered(long sequenceNumber) {
    if (sequenceNumber == 0) {
      found("");
    }
  }

  /** What was encoded is stored, or lost. */
  public void settled() {
    linked = null;
    encoded = null;
  }

  /** Asked twice for each event, in an order that is Pekko's; the answers are of one encoding. */
  private void link(Recorded<E> event) {
    if (event != linked) {
      encoded = JournalCodec.STANDARD.encode(event);
      linked = event;
      head = ChainHash.next(head, encoded.manifest().toString(), encoded.bytes());
    }
  }

  private void found(String hash) {
    head = hash.isEmpty() ? genesis : hash;
    settled();
  }

  public EventAdapter<Recorded<E>, Object> events() {
    return new EventAdapter<>() {
      @Override
      public Object toJournal(Recorded<E> event) {
        link(event);
        return encoded;
      }

      /** Stands in a column of its own, which versions without chains leave alone. */
      @Override
      public String manifest(Recorded<E> event) {
        link(event);
        return head;
      }

      @Override
      @SuppressWarnings("unchecked")
      public EventSeq<Recorded<E>> fromJournal(Object stored, String hash) {
        found(hash);
        return EventSeq.single((Recorded<E>) stored);
      }
    };
  }

  public SnapshotAdapter<S> snapshots() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(S state) {
        return head().<Object>map(hash -> new ChainedSnapshot(state, hash)).orElse(state);
      }

      @Override
      @SuppressWarnings("unchecked")
      public S fromJournal(Object stored) {
        if (stored instanceof ChainedSnapshot chained) {
          found(chained.hash());
          return (S) chained.state();
        }
        found("");
        return (S) stored;
      }
    };
  }
}

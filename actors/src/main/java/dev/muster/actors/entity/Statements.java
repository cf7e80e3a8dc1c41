package dev.muster.actors.entity;

import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.time.HybridClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The statements that an entity was sent of late, each with its answer: whoever hears nothing sends
 * his statement again, and it must not be carried out twice.
 *
 * <p>Only a memory. A statement that was sent before this entity recovered may have been carried
 * out by its predecessor, on another node; then there is an event in the journal that is later than
 * the statement's sending, by its origin. Where there is none it was lost, and is carried out now;
 * where there is one it cannot be told whose that is, and that is what is answered.
 */
final class Statements {
  /** Of each entity, with some 24 bytes; more than a client's patience brings, mostly. */
  private static final int EVENTS_REMEMBERED = 128;

  private static final Rejection MAY_HAVE_HAPPENED =
      new Rejection.OutcomeUnknown(
          "its answer was lost while another node took over, which cannot tell");

  private final HybridClock clock;
  private final Duration askedAgainAfter;
  private final Map<Key, Known> known = new LinkedHashMap<>();
  private final Deque<Happened> found = new ArrayDeque<>();
  private long foundEvents;
  private HybridTime firstFound = HybridTime.ZERO;
  private HybridTime lastFound = HybridTime.ZERO;

  /** All that was sent after this, and is in the journal, is among what was found. */
  private HybridTime completeSince = HybridTime.ZERO;

  private boolean recovered;

  /** Programs that are no nodes have no number of their own in their times. */
  private record Key(HybridTime sentAt, ActorRef<Answer> replyTo) {}

  /** A statement that is being carried out, or has been. */
  private static final class Known {
    private final long deadlineEpochMillis;
    private Answer answer;

    Known(long deadlineEpochMillis) {
      this.deadlineEpochMillis = deadlineEpochMillis;
    }
  }

  /**
   * An event that a statement brought about.
   *
   * @param by the hash of its origin
   */
  private record Happened(HybridTime at, int by) {}

  /**
   * @param askedAgainAfter how long clients wait before they send a statement again
   */
  Statements(HybridClock clock, Duration askedAgainAfter) {
    this.clock = clock;
    this.askedAgainAfter = askedAgainAfter;
  }

  /** An event of the entity; of account as long as it recovers. */
  void found(Recorded<?> recorded) {
    if (recovered) {
      return;
    }
    if (recorded.at().compareTo(lastFound) <= 0) {
      // A recovery that failed has begun anew.
      found.clear();
      foundEvents = 0;
      completeSince = HybridTime.ZERO;
    }
    lastFound = recorded.at();
    firstFound = foundEvents++ == 0 ? recorded.at() : firstFound;
    if (!recorded.by().equals(Origin.SYSTEM)) {
      found.addLast(new Happened(recorded.at(), recorded.by().hashCode()));
      if (found.size() > EVENTS_REMEMBERED) {
        completeSince = found.removeFirst().at();
      }
    }
  }

  /**
   * All there is was found, but for what a snapshot stands for.
   *
   * @param sequenceNumber of the last event
   */
  void recovered(long sequenceNumber) {
    if (!recovered && foundEvents < sequenceNumber && completeSince.equals(HybridTime.ZERO)) {
      completeSince = foundEvents == 0 ? clock.next() : firstFound;
    }
    recovered = true;
  }

  /**
   * A statement has come. Where it is not to be carried out its sender is answered, now or later.
   *
   * @param again whether its sender has sent it before
   */
  boolean isToBeCarriedOut(Envelope statement, boolean again) {
    if (statement.deadlineEpochMillis() == Long.MAX_VALUE) {
      // What the environment drives may be repeated.
      return true;
    }
    clock.observe(statement.sentAt());
    long now = clock.next().epochMillis();
    forgetLate(now);
    Known before = known.get(key(statement));
    if (before != null) {
      if (before.answer != null) {
        statement.replyTo().tell(before.answer);
      }
      return false;
    }
    boolean late = again || now - statement.sentAt().epochMillis() >= askedAgainAfter.toMillis();
    if (late && mayHaveHappened(statement, again)) {
      tell(statement, new Reply.Refused(MAY_HAVE_HAPPENED));
      return false;
    }
    known.put(key(statement), new Known(statement.deadlineEpochMillis()));
    return true;
  }

  /** What a statement is told; also if it comes again. */
  void answer(Envelope statement, Reply reply) {
    Answer answer = tell(statement, reply);
    Known mine = known.get(key(statement));
    if (mine != null) {
      mine.answer = answer;
    }
  }

  private Answer tell(Envelope statement, Reply reply) {
    Answer answer = new Answer(statement.token(), clock.next(), reply);
    statement.replyTo().tell(answer);
    return answer;
  }

  /** One that is late, and was not sent again, is given the benefit of the doubt. */
  private boolean mayHaveHappened(Envelope statement, boolean again) {
    if (statement.sentAt().compareTo(completeSince) < 0) {
      return again;
    }
    int by = statement.by().hashCode();
    return found.stream()
        .anyMatch(event -> event.by() == by && event.at().compareTo(statement.sentAt()) > 0);
  }

  /** They came in the order of their deadlines, but for those of other patience. */
  private void forgetLate(long nowEpochMillis) {
    Iterator<Known> eldest = known.values().iterator();
    while (eldest.hasNext() && eldest.next().deadlineEpochMillis < nowEpochMillis) {
      eldest.remove();
    }
  }

  private static Key key(Envelope statement) {
    return new Key(statement.sentAt(), statement.replyTo());
  }
}

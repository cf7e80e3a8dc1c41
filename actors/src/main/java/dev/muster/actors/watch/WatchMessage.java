package dev.muster.actors.watch;

import dev.muster.journal.event.HybridTime;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** What those who tell of changes and those who follow them say to each other. */
public interface WatchMessage {
  /**
   * Which histories on your node have become longer? Answered when some have, or after a moment.
   *
   * @param known the number of your last answer that came; 0 for everything
   */
  record PositionsQuestion(long known, ActorRef<WatchMessage> replyTo) implements WatchMessage {}

  /**
   * These have, since the answer before.
   *
   * @param node that answers, with its incarnation
   * @param number of this answer, one more than that of the one before
   * @param known the question's: an answer to a question that was asked again since is void
   * @param at the time on that node
   */
  record Positions(String node, long number, long known, HybridTime at, List<Position> positions)
      implements WatchMessage {
    public Positions {
      positions = List.copyOf(positions);
    }
  }

  /**
   * How long a history is.
   *
   * @param history the cluster's id, or empty for the environment's
   * @param sequenceNumber of the last event in it
   */
  record Position(String history, long sequenceNumber) {}

  /**
   * What happened in a history, from that number on? Any node can tell: the journal is everybody's.
   */
  record EventsQuestion(String history, long from, ActorRef<WatchMessage> replyTo)
      implements WatchMessage {}

  /**
   * The first of them, in order; none where there are none.
   *
   * @param from the question's
   */
  record EventsPart(String history, long from, List<Event> events) implements WatchMessage {
    public EventsPart {
      events = List.copyOf(events);
    }
  }

  /** An event as the journal has it. */
  record Event(long sequenceNumber, String manifest, byte[] recorded) {}
}

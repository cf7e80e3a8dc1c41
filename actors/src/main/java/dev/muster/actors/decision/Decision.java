package dev.muster.actors.decision;

import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import java.util.List;

/**
 * The answer of a decider. Deciding changes nothing: whoever asked persists the events, or only
 * shows them.
 *
 * @param <E> the events
 */
public sealed interface Decision<E> {
  /** Nothing was to be done. */
  static <E> Decision<E> nothing() {
    return new Accepted<>(List.of(), List.of());
  }

  static <E> Decision<E> accepted(List<? extends E> events) {
    return new Accepted<>(List.copyOf(events), List.of());
  }

  static <E> Decision<E> noticed(Notice notice) {
    return new Accepted<>(List.of(), List.of(notice));
  }

  static <E> Decision<E> rejected(Rejection rejection) {
    return new Rejected<>(rejection);
  }

  /** The events belong into the journal as one write; none for what was so already. */
  record Accepted<E>(List<E> events, List<Notice> notices) implements Decision<E> {
    public Accepted {
      events = List.copyOf(events);
      notices = List.copyOf(notices);
    }
  }

  record Rejected<E>(Rejection rejection) implements Decision<E> {}
}

package dev.muster.journal.state;

/**
 * A journal holds an event that cannot follow those before it: it was damaged, or written by a
 * defect. The message is one line for users and operators; state and event, which may be long, are
 * in the cause, for the log.
 */
public final class ImpossibleEventException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String kind;

  public ImpossibleEventException(Object state, Object event) {
    super(
        "the journal holds an event that cannot have happened: " + kindOf(event),
        new IllegalStateException(event + " in " + state));
    this.kind = kindOf(event);
  }

  private ImpossibleEventException(
      String persistenceId, long sequenceNumber, ImpossibleEventException of) {
    super(
        "%s: event %d (%s) cannot have happened after those before it; run 'muster audit verify'"
            .formatted(persistenceId, sequenceNumber, of.kind),
        of.getCause());
    this.kind = of.kind;
  }

  /** The same, of the event that has this number in an entity's journal. */
  public ImpossibleEventException at(String persistenceId, long sequenceNumber) {
    return new ImpossibleEventException(persistenceId, sequenceNumber, this);
  }

  /** What kind of event it is. */
  public String kind() {
    return kind;
  }

  private static String kindOf(Object event) {
    return event.getClass().getSimpleName();
  }
}

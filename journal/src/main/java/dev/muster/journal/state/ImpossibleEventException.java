package dev.muster.journal.state;

/**
 * A journal holds an event that cannot follow those before it: it was damaged, or written by a
 * defect.
 */
public final class ImpossibleEventException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public ImpossibleEventException(Object state, Object event) {
    super("the journal holds an event that cannot have happened: " + event + " in " + state);
  }
}

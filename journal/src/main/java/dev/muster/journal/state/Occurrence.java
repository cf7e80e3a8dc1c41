package dev.muster.journal.state;

import dev.muster.journal.event.HybridTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When something happened to a replica, other than when it was journaled: its host tells that, by
 * the host's own clock, which may be off or be set. So that what is shown of one replica is never
 * out of order, nothing counts as later than its event, nor as earlier than what happened before.
 */
public final class Occurrence {
  private Occurrence() {}

  /**
   * The instant that is shown, to the millisecond.
   *
   * @param told by the host
   * @param recorded when the event was journaled
   * @param before when what happened to the replica before did
   */
  public static Instant of(Instant told, HybridTime recorded, Instant before) {
    Instant whole = told.truncatedTo(ChronoUnit.MILLIS);
    Instant notTooEarly = whole.isBefore(before) ? before : whole;
    return notTooEarly.isAfter(recorded.instant()) ? recorded.instant() : notTooEarly;
  }
}

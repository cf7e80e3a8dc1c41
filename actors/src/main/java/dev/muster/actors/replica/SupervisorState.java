package dev.muster.actors.replica;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a supervisor stands. {@link SupervisorMachine} draws the moves between them.
 *
 * <p>{@code incarnation} is the latest start known, 0 before the first; {@code failures} counts the
 * failures in a row.
 */
sealed interface SupervisorState {
  long incarnation();

  int failures();

  /**
   * What is known of a replica that is out of sight.
   *
   * @param expected whether it is believed to run, so that its absence is news
   * @param servingSince since when it served, if it did when it was last seen
   */
  record Known(long incarnation, int failures, boolean expected, Optional<Instant> servingSince) {}

  /** Asked for the host of the replica's zone. */
  record Locating(Known known) implements SupervisorState {
    @Override
    public long incarnation() {
      return known.incarnation();
    }

    @Override
    public int failures() {
      return known.failures();
    }
  }

  /** Asked for the host of the replica's zone, in order to stop the replica. */
  record LocatingToStop(long incarnation, int failures) implements SupervisorState {}

  /** Asked the host whether it runs the replica. */
  record Finding(Known known) implements SupervisorState {
    @Override
    public long incarnation() {
      return known.incarnation();
    }

    @Override
    public int failures() {
      return known.failures();
    }
  }

  /** Told the host to start the replica as {@code incarnation}; no answer of the replica yet. */
  record Provisioning(long incarnation, int failures) implements SupervisorState {}

  /** It runs and rebuilds its state. */
  record Hydrating(long incarnation, int failures, Optional<Instant> servingSince)
      implements SupervisorState {}

  /** It serves. */
  record Online(long incarnation, int failures, Instant servingSince) implements SupervisorState {}

  /** It failed, and waits for its next start. */
  record Waiting(long incarnation, int failures) implements SupervisorState {}

  /** Told the host to stop it. */
  record Stopping(long incarnation, int failures) implements SupervisorState {}

  /** Nothing of it runs; the supervisor ends. */
  record Gone(long incarnation, int failures) implements SupervisorState {}
}

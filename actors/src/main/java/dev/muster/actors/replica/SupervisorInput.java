package dev.muster.actors.replica;

import dev.muster.actors.runtime.RuntimeSignal;
import java.time.Instant;
import java.util.Optional;

/** What happens to a supervisor. */
sealed interface SupervisorInput {
  /** The host of the replica's zone is known. */
  record Located() implements SupervisorInput {}

  /** The host does not live any more. */
  record HostLost() implements SupervisorInput {}

  /** The host does not live any more, and has said so before: its replicas run on. */
  record HostLeft() implements SupervisorInput {}

  /**
   * No host has the replica's zone, and none is expected back soon: what the replica's was is lost.
   *
   * @param since where that is known
   */
  record HostMissing(Optional<Instant> since) implements SupervisorInput {}

  record Signaled(RuntimeSignal signal) implements SupervisorInput {}

  /** The backoff is over. */
  record WaitOver() implements SupervisorInput {}

  /** The replica cannot be ordered at all, as when its size is configured no longer. */
  record Refused(String why) implements SupervisorInput {}

  record StopAsked() implements SupervisorInput {}
}

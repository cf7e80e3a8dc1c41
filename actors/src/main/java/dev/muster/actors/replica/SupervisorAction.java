package dev.muster.actors.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a supervisor does next; the actor carries it out. */
sealed interface SupervisorAction {
  /** Ask for the host of the zone; answered by {@link SupervisorInput.Located}, however late. */
  record Locate() implements SupervisorAction {}

  /** Ask the host whether it runs the replica. */
  record Find() implements SupervisorAction {}

  record Provision(long incarnation) implements SupervisorAction {}

  record StopReplica() implements SupervisorAction {}

  record Wait(Duration delay) implements SupervisorAction {}

  /**
   * Report that it answers, on the host that the actor knows.
   *
   * @param provisionedAt when the host was told to start it, or its process began
   * @param occurredAt when it first answered
   */
  record ReportStarted(
      long incarnation, long processId, Optional<Instant> provisionedAt, Instant occurredAt)
      implements SupervisorAction {}

  /** Report that the host that the actor knows has no room, and ask for another next time. */
  record ReportNoRoom(String why) implements SupervisorAction {}

  record Report(ReplicaReport report) implements SupervisorAction {}
}

package dev.muster.actors.entity;

import dev.muster.actors.replica.ReplicaReport;
import dev.muster.api.command.ClusterCommand;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaId;
import org.apache.pekko.actor.typed.ActorRef;

/** What a cluster's entity receives. */
public sealed interface ClusterMessage {
  /**
   * A command in its envelope.
   *
   * @param sentAt the sender's time: what the cluster journals for it is later
   * @param deadlineEpochMillis after this nobody waits for the answer any more, and the command is
   *     not carried out
   */
  record Execute(
      ClusterCommand command,
      Origin by,
      HybridTime sentAt,
      long deadlineEpochMillis,
      long token,
      ActorRef<Answer> replyTo)
      implements ClusterMessage {}

  /** Be there. Answered once the cluster has recovered. */
  record Wake(ActorRef<ClusterId> replyTo) implements ClusterMessage {}

  /** From the supervisor of a replica. */
  record Reported(ReplicaReport report) implements ClusterMessage {}

  /** The reports collected so far shall be journaled now. */
  record FlushReports() implements ClusterMessage {}

  /** A supervisor that stopped unasked shall be replaced. */
  record Supervise(ReplicaId id) implements ClusterMessage {}
}

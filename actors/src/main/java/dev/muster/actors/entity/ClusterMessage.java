package dev.muster.actors.entity;

import dev.muster.actors.replica.ReplicaReport;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaId;
import java.util.Optional;
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
      implements ClusterMessage, Envelope {}

  /**
   * The same command as before: no answer has come, and it may have been lost. It is not carried
   * out twice. An earlier version does not know this message, and drops it.
   */
  record ExecuteAgain(Execute execute) implements ClusterMessage {}

  /** A command that was put aside for a moment. */
  record Resume(Execute execute) implements ClusterMessage {}

  /** Be there. Answered once the cluster has recovered. */
  record Wake(ActorRef<ClusterId> replyTo) implements ClusterMessage {}

  /** Whether there are the credits that a statement wants; the statement waits here. */
  record CreditsAnswered(Answer answer) implements ClusterMessage {}

  /** From the supervisor of a replica. */
  record Reported(ReplicaReport report) implements ClusterMessage {}

  /** The reports collected so far shall be journaled now. */
  record FlushReports() implements ClusterMessage {}

  /** Enough time has passed since the recovery for the replicas to have been found again. */
  record ReplicasFoundAgain() implements ClusterMessage {}

  /** One pass of the kernel: something may have moved, or a deadline may have passed. */
  record Reconcile() implements ClusterMessage {}

  /** How far is a reconfiguration? Answered when it is not as seen, or after a moment. */
  record Watch(
      ReconfigurationHandle reconfiguration,
      Optional<ReconfigurationProgress> seen,
      ActorRef<ReconfigurationProgress> replyTo)
      implements ClusterMessage {}

  /** Those who watch shall be answered, with news or without. */
  record LookAgain() implements ClusterMessage {}

  /** A supervisor that stopped unasked shall be replaced. */
  record Supervise(ReplicaId id) implements ClusterMessage {}
}

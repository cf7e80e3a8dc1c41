package dev.muster.actors.entity;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.journal.event.ChainHead;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import java.math.BigDecimal;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** What the environment's entity receives. */
public sealed interface EnvironmentMessage {
  /** A command in its envelope; the components are those of {@link ClusterMessage.Execute}. */
  record Execute(
      EnvironmentCommand command,
      Origin by,
      HybridTime sentAt,
      long deadlineEpochMillis,
      ActorRef<Answer> replyTo)
      implements EnvironmentMessage, Envelope {}

  /** As {@link ClusterMessage.ExecuteAgain}. */
  record ExecuteAgain(Execute execute) implements EnvironmentMessage {}

  /** A command that was put aside for a moment. */
  record Resume(Execute execute) implements EnvironmentMessage {}

  /**
   * How far the hash chains of clusters' events are shall be journaled.
   *
   * @param replyTo told once it is
   */
  record Checkpoint(List<ChainHead> heads, ActorRef<Answer> replyTo) implements EnvironmentMessage {
    public Checkpoint {
      heads = List.copyOf(heads);
    }
  }

  /**
   * A statement would raise what the replicas of a cluster cost, and there is a limit on it.
   *
   * @param desired credits an hour, of all of them
   * @param current what they cost now
   * @param replyTo told whether it may
   */
  record ReserveCredits(
      ClusterId cluster,
      BigDecimal desired,
      BigDecimal current,
      long token,
      ActorRef<Answer> replyTo)
      implements EnvironmentMessage {}

  /** What was reserved for a cluster is in its journal by this event, or never will be. */
  record CreditsSettled(ClusterId cluster, long sequenceNumber) implements EnvironmentMessage {}

  /** Be there. */
  record Wake() implements EnvironmentMessage {}

  /** A cluster answered to what the environment drives. */
  record Answered(Answer answer) implements EnvironmentMessage {}

  /** The first start of all. */
  record Initialize() implements EnvironmentMessage {}

  /** What the clusters have finished so far shall be journaled now. */
  record Finish() implements EnvironmentMessage {}

  /** What is unfinished shall be driven again. */
  record DriveAgain() implements EnvironmentMessage {}

  /**
   * Every cluster shall be awake.
   *
   * @param unseenOnly whether those that some node has published are taken to be
   */
  record WakeClusters(boolean unseenOnly) implements EnvironmentMessage {}
}

package dev.muster.actors.client;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Origin;
import org.apache.pekko.actor.typed.ActorRef;

/** What a program that is no node, and a node, say to each other about what a command would do. */
public interface ExplanationMessage {
  /** What would this do to the environment? */
  record EnvironmentQuestion(
      EnvironmentCommand command, Origin by, ActorRef<ExplanationMessage> replyTo)
      implements ExplanationMessage {}

  /** What would this do to a cluster? */
  record ClusterQuestion(
      ClusterId cluster, ClusterCommand command, Origin by, ActorRef<ExplanationMessage> replyTo)
      implements ExplanationMessage {}

  /** That. */
  record Explained(Explanation explanation) implements ExplanationMessage {}

  /**
   * It cannot be told now.
   *
   * @param why for whoever asked
   */
  record Unexplained(String why) implements ExplanationMessage {}
}

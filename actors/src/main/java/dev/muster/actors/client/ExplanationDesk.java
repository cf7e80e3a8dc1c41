package dev.muster.actors.client;

import dev.muster.api.Muster;
import dev.muster.api.command.Explanation;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Tells programs that are no nodes what a command would do: rules, hosts and zones are a node's to
 * know. One per node.
 */
public final class ExplanationDesk {
  private static final String NAME = "muster-explanations";

  /** Where that of each node is found. */
  static final String PATH = "/system/" + NAME;

  private ExplanationDesk() {}

  /** Starts that of this node. */
  public static void start(ActorSystem<?> system, Muster muster) {
    system.systemActorOf(create(muster), NAME, Props.empty());
  }

  static Behavior<ExplanationMessage> create(Muster muster) {
    return Behaviors.receive(ExplanationMessage.class)
        .onMessage(
            ExplanationMessage.EnvironmentQuestion.class,
            question -> {
              answer(question.replyTo(), muster.explain(question.command(), question.by()));
              return Behaviors.same();
            })
        .onMessage(
            ExplanationMessage.ClusterQuestion.class,
            question -> {
              answer(
                  question.replyTo(),
                  muster.explain(question.cluster(), question.command(), question.by()));
              return Behaviors.same();
            })
        .build();
  }

  private static void answer(
      ActorRef<ExplanationMessage> to, CompletionStage<Explanation> explained) {
    explained.whenComplete(
        (explanation, failure) ->
            to.tell(
                failure == null
                    ? new ExplanationMessage.Explained(explanation)
                    : new ExplanationMessage.Unexplained(reason(failure))));
  }

  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}

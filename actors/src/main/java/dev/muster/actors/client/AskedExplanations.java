package dev.muster.actors.client;

import dev.muster.actors.membership.NodeRole;
import dev.muster.api.CatalogIncompleteException;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * Asks a node what a command would do, and another one where that does not answer. Safe for use by
 * many threads.
 */
public final class AskedExplanations {
  private static final int NODES_ASKED = 2;

  private final ActorSystem<?> system;
  private final Supplier<List<ActorRef<ExplanationMessage>>> desks;
  private final Duration timeout;

  /**
   * @param timeout until all that are asked must have answered
   */
  public AskedExplanations(ActorSystem<?> system, Duration timeout) {
    this(system, () -> desks(system), timeout);
  }

  AskedExplanations(
      ActorSystem<?> system, Supplier<List<ActorRef<ExplanationMessage>>> desks, Duration timeout) {
    this.system = system;
    this.desks = desks;
    this.timeout = timeout;
  }

  /** Those of the nodes that vote, in no order. */
  private static List<ActorRef<ExplanationMessage>> desks(ActorSystem<?> system) {
    ActorRefResolver references = ActorRefResolver.get(system);
    Iterable<Member> members = Cluster.get(system).state().getMembers();
    List<ActorRef<ExplanationMessage>> desks = new ArrayList<>();
    StreamSupport.stream(members.spliterator(), false)
        .filter(member -> NodeRole.ENTITIES.isOf(member))
        .filter(member -> member.status().equals(MemberStatus.up()))
        .map(member -> member.uniqueAddress().address() + ExplanationDesk.PATH)
        .forEach(path -> desks.add(references.resolveActorRef(path)));
    Collections.shuffle(desks);
    return desks;
  }

  CompletionStage<Explanation> of(EnvironmentCommand command, Origin by) {
    return ask(replyTo -> new ExplanationMessage.EnvironmentQuestion(command, by, replyTo));
  }

  CompletionStage<Explanation> of(ClusterId cluster, ClusterCommand command, Origin by) {
    return ask(replyTo -> new ExplanationMessage.ClusterQuestion(cluster, command, by, replyTo));
  }

  private CompletionStage<Explanation> ask(
      Function<ActorRef<ExplanationMessage>, ExplanationMessage> question) {
    return ask(question, desks.get().stream().limit(NODES_ASKED).iterator());
  }

  private CompletionStage<Explanation> ask(
      Function<ActorRef<ExplanationMessage>, ExplanationMessage> question,
      Iterator<ActorRef<ExplanationMessage>> left) {
    if (!left.hasNext()) {
      return CompletableFuture.failedFuture(
          new CatalogIncompleteException("no node has said what the command would do"));
    }
    ActorRef<ExplanationMessage> desk = left.next();
    CompletionStage<ExplanationMessage> asked =
        AskPattern.ask(desk, question::apply, timeout.dividedBy(NODES_ASKED), system.scheduler());
    return asked
        .handle((answer, silence) -> silence == null ? explanation(answer) : ask(question, left))
        .thenCompose(Function.identity());
  }

  private static CompletionStage<Explanation> explanation(ExplanationMessage answer) {
    return answer instanceof ExplanationMessage.Explained explained
        ? CompletableFuture.completedStage(explained.explanation())
        : CompletableFuture.failedFuture(
            new CatalogIncompleteException(
                answer instanceof ExplanationMessage.Unexplained not
                    ? not.why()
                    : "not an answer: " + answer));
  }
}

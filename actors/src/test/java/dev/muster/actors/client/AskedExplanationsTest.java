package dev.muster.actors.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.CatalogIncompleteException;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.Origin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A program that is no node asks nodes; {@code MessageApiIT} has real ones. */
final class AskedExplanationsTest {
  private static final EnvironmentCommand DROP =
      new EnvironmentCommand.DropClusters(List.of("nobody"), false);
  private static final Explanation REFUSED =
      new Explanation.Refused(new Rejection.ClusterUnknown("nobody"));

  private final ActorTestKit kit =
      ActorTestKit.create(ConfigFactory.parseString("pekko.actor.provider = local"));
  private final ActorRef<ExplanationMessage> silent =
      kit.<ExplanationMessage>createTestProbe().ref();

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  /** A node that knows, of whatever it is asked. */
  private ActorRef<ExplanationMessage> node(ExplanationMessage answer) {
    return kit.spawn(
        Behaviors.receiveMessage(
            message -> {
              ((ExplanationMessage.EnvironmentQuestion) message).replyTo().tell(answer);
              return Behaviors.same();
            }));
  }

  private Explanation ask(Duration within, List<ActorRef<ExplanationMessage>> nodes)
      throws Exception {
    CompletionStage<Explanation> asked =
        new AskedExplanations(kit.system(), () -> nodes, within).of(DROP, Origin.SYSTEM);
    return asked.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static String failure(ExecutionException failed) {
    return assertInstanceOf(CatalogIncompleteException.class, failed.getCause()).getMessage();
  }

  @Test
  void whereANodeIsSilentAnotherIsAsked() throws Exception {
    ActorRef<ExplanationMessage> knows = node(new ExplanationMessage.Explained(REFUSED));
    assertEquals(REFUSED, ask(Duration.ofMillis(20), List.of(silent, knows)));
  }

  @Test
  void whatNobodyTellsInTimeFailsAndMayBeAskedAgain() {
    for (List<ActorRef<ExplanationMessage>> nodes :
        List.of(List.of(silent, silent, silent), List.<ActorRef<ExplanationMessage>>of())) {
      assertEquals(
          "no node has said what the command would do",
          failure(assertThrows(ExecutionException.class, () -> ask(Duration.ofMillis(20), nodes))));
    }
  }

  @Test
  void whyANodeCannotTellIsPassedOn() {
    ActorRef<ExplanationMessage> cannot = node(new ExplanationMessage.Unexplained("u1 is missing"));
    assertEquals(
        "u1 is missing",
        failure(
            assertThrows(
                ExecutionException.class,
                () -> ask(Duration.ofSeconds(60), List.of(cannot, silent)))));
  }
}

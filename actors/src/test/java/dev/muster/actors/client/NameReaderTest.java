package dev.muster.actors.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.muster.actors.entity.EnvironmentMessage;
import dev.muster.actors.entity.EnvironmentPosition;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.journal.event.EnvironmentEvent.EnvironmentInitialized;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.state.EnvironmentState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An environment and rounds that answer when the test says so. Time by hand. */
final class NameReaderTest {
  private static final EnvironmentState STATE =
      EnvironmentState.EMPTY.evolve(HybridTime.ZERO, new EnvironmentInitialized("muster-test"));
  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final Duration REST = Duration.ofSeconds(1);

  private final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(ConfigFactory.parseString("pekko.actor.provider = local")));
  private final ManualTime time = ManualTime.get(kit.system());
  private final CatalogStore gathered = new CatalogStore();
  private final TestProbe<EnvironmentMessage> environment = kit.createTestProbe();
  private final TestProbe<CompletableFuture<CatalogSnapshot>> rounds = kit.createTestProbe();
  private final ActorRef<NameReader.Message> reader =
      kit.spawn(NameReader.create(environment.ref()::tell, gathered::snapshot, this::round));

  private CompletionStage<CatalogSnapshot> round() {
    CompletableFuture<CatalogSnapshot> round = new CompletableFuture<>();
    rounds.ref().tell(round);
    return round;
  }

  @BeforeEach
  void anEnvironmentWasGatheredAtItsFourthEvent() {
    gathered.publish(STATE, 4);
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private CompletableFuture<CatalogSnapshot> read() {
    CompletableFuture<CatalogSnapshot> names = new CompletableFuture<>();
    reader.tell(new NameReader.Read(names));
    return names;
  }

  private EnvironmentMessage.PositionQuestion question() {
    return environment.expectMessageClass(EnvironmentMessage.PositionQuestion.class);
  }

  private static void answer(EnvironmentMessage.PositionQuestion question, long sequenceNumber) {
    question.replyTo().tell(new EnvironmentPosition(question.number(), sequenceNumber));
  }

  private CatalogSnapshot got(CompletableFuture<CatalogSnapshot> names) {
    kit.createTestProbe()
        .awaitAssert(
            () -> {
              assertTrue(names.isDone());
              return null;
            });
    return names.join();
  }

  @Test
  void whatWasGatheredIsGivenWhereNothingWasJournaledSince() {
    CompletableFuture<CatalogSnapshot> names = read();

    answer(question(), 4);

    assertSame(gathered.snapshot(), got(names));
    rounds.expectNoMessage();
  }

  @Test
  void nothingIsGivenBeforeTheEnvironmentHasAnswered() {
    CompletableFuture<CatalogSnapshot> names = read();

    question();

    rounds.expectNoMessage();
    assertFalse(names.isDone());
  }

  @Test
  void whatWasJournaledSinceIsGathered() {
    CompletableFuture<CatalogSnapshot> names = read();
    answer(question(), 5);
    CompletableFuture<CatalogSnapshot> round = rounds.receiveMessage();
    assertFalse(names.isDone());

    gathered.publish(STATE, 5);
    round.complete(gathered.snapshot());

    assertEquals(5, got(names).environment().sequenceNumber());
  }

  @Test
  void whoComesDuringAQuestionWaitsForTheNext() {
    CompletableFuture<CatalogSnapshot> first = read();
    EnvironmentMessage.PositionQuestion one = question();
    CompletableFuture<CatalogSnapshot> second = read();
    CompletableFuture<CatalogSnapshot> third = read();

    answer(one, 4);

    got(first);
    EnvironmentMessage.PositionQuestion two = question();
    assertFalse(second.isDone());
    answer(two, 4);
    got(second);
    got(third);
    environment.expectNoMessage();
  }

  @Test
  void anEnvironmentThatDoesNotAnswerIsGatheredFromAllNodes() {
    CompletableFuture<CatalogSnapshot> names = read();
    question();

    time.timePasses(PATIENCE);

    rounds.receiveMessage().complete(gathered.snapshot());
    got(names);
  }

  @Test
  void thenNobodyWaitsForItForAWhile() {
    read();
    question();
    time.timePasses(PATIENCE);
    rounds.receiveMessage();

    read();

    rounds.receiveMessage();
    environment.expectNoMessage();
    time.timePasses(REST);
    read();
    question();
  }

  @Test
  void anAnswerThatCameTooLateAnswersNoLaterQuestion() {
    read();
    EnvironmentMessage.PositionQuestion late = question();
    time.timePasses(PATIENCE);
    rounds.receiveMessage();
    answer(late, 3);
    CompletableFuture<CatalogSnapshot> names = read();
    EnvironmentMessage.PositionQuestion next = question();

    answer(late, 3);
    answer(next, 5);

    rounds.receiveMessage();
    assertFalse(names.isDone());
  }

  @Test
  void anEnvironmentThatMovesIsNotKnownUntilItIsGatheredAgain() {
    gathered.withdrawEnvironment();
    CompletableFuture<CatalogSnapshot> names = read();

    answer(question(), 0);

    rounds.receiveMessage();
    assertFalse(names.isDone());
  }
}

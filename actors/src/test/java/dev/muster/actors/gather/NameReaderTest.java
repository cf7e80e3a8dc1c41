package dev.muster.actors.gather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.muster.actors.membership.Standing;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.journal.event.EnvironmentEvent.EnvironmentInitialized;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.state.EnvironmentState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One node's, beside one with the environment and one without, that answer when the test says. */
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
  private final FakeMembers members = new FakeMembers();
  private final CatalogStore own = new CatalogStore();
  private final CatalogStore gathered = new CatalogStore();
  private final TestProbe<CompletableFuture<CatalogSnapshot>> rounds = kit.createTestProbe();
  private final FakeStanding standing = new FakeStanding();
  private final Node owner = new Node("owner");
  private final Node other = new Node("other");
  private final ActorRef<GatherMessage> reader =
      kit.spawn(NameReader.create(own, members, standing, gathered::snapshot, this::round));

  private static final class FakeMembers implements Members {
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();

    FakeMembers() {
      peers.put("me", new Peer("me:1", null));
    }

    @Override
    public String self() {
      return "me";
    }

    @Override
    public Map<String, Peer> withRows() {
      return new HashMap<>(peers);
    }

    @Override
    public boolean isMember() {
      return true;
    }

    @Override
    public Set<String> all() {
      return Set.copyOf(peers.keySet());
    }
  }

  private static final class FakeStanding implements Standing {
    private volatile boolean holds;

    @Override
    public boolean mayDecide() {
      return holds;
    }

    @Override
    public boolean holds() {
      return holds;
    }
  }

  private final class Node {
    private final String name;
    private final TestProbe<GatherMessage> probe = kit.createTestProbe();

    Node(String name) {
      this.name = name;
      members.peers.put(name, new Members.Peer(name + ":1", probe.ref()));
    }

    NameQuestion question() {
      return probe.expectMessageClass(NameQuestion.class);
    }

    void answer(NameQuestion question, OptionalLong sequenceNumber) {
      question.replyTo().tell(new NameAnswer(name, question.number(), sequenceNumber, false));
    }

    void answerForCertain(NameQuestion question, long sequenceNumber) {
      question
          .replyTo()
          .tell(new NameAnswer(name, question.number(), OptionalLong.of(sequenceNumber), true));
    }
  }

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

  /** All say how far the environment is. */
  private void answered(long sequenceNumber) {
    owner.answer(owner.question(), OptionalLong.of(sequenceNumber));
    other.answer(other.question(), OptionalLong.empty());
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
  void whatWasGatheredIsGivenWhereNobodyHasAnythingNewer() {
    CompletableFuture<CatalogSnapshot> names = read();

    answered(4);

    assertSame(gathered.snapshot(), got(names));
    rounds.expectNoMessage();
  }

  @Test
  void nothingIsGivenBeforeEveryMemberHasAnswered() {
    CompletableFuture<CatalogSnapshot> names = read();

    owner.answer(owner.question(), OptionalLong.of(4));

    other.question();
    rounds.expectNoMessage();
    assertFalse(names.isDone());
  }

  @Test
  void whatWasJournaledSinceIsGathered() {
    CompletableFuture<CatalogSnapshot> names = read();
    answered(5);
    CompletableFuture<CatalogSnapshot> round = rounds.receiveMessage();
    assertFalse(names.isDone());

    gathered.publish(STATE, 5);
    round.complete(gathered.snapshot());

    assertEquals(5, got(names).environment().sequenceNumber());
  }

  @Test
  void whatThisNodeHasJournaledItselfIsGatheredToo() {
    own.publish(STATE, 6);
    CompletableFuture<CatalogSnapshot> names = read();

    answered(4);

    rounds.receiveMessage();
    assertFalse(names.isDone());
  }

  @Test
  void anEnvironmentThatNobodyHasIsOnItsWayAndGathered() {
    CompletableFuture<CatalogSnapshot> names = read();

    owner.answer(owner.question(), OptionalLong.empty());
    other.answer(other.question(), OptionalLong.empty());

    rounds.receiveMessage();
    assertFalse(names.isDone());
  }

  @Test
  void whoComesDuringAQuestionWaitsForTheNext() {
    CompletableFuture<CatalogSnapshot> first = read();
    NameQuestion one = owner.question();
    CompletableFuture<CatalogSnapshot> second = read();
    CompletableFuture<CatalogSnapshot> third = read();

    owner.answer(one, OptionalLong.of(4));
    other.answer(other.question(), OptionalLong.empty());

    got(first);
    NameQuestion two = owner.question();
    assertFalse(second.isDone());
    owner.answer(two, OptionalLong.of(4));
    other.answer(other.question(), OptionalLong.empty());
    got(second);
    got(third);
    owner.probe.expectNoMessage();
  }

  @Test
  void aMemberThatDoesNotAnswerIsLeftToTheRounds() {
    CompletableFuture<CatalogSnapshot> names = read();
    owner.answer(owner.question(), OptionalLong.of(4));
    other.question();

    time.timePasses(PATIENCE);

    CompletableFuture<CatalogSnapshot> round = rounds.receiveMessage();
    assertFalse(names.isDone());
    round.complete(gathered.snapshot());
    got(names);
  }

  @Test
  void thenRoundsAnswerForAWhile() {
    read();
    owner.question();
    time.timePasses(PATIENCE);
    rounds.receiveMessage();

    read();

    rounds.receiveMessage();
    owner.probe.expectNoMessage();
    time.timePasses(REST);
    read();
    owner.question();
  }

  @Test
  void anAnswerThatCameTooLateAnswersNoLaterQuestion() {
    read();
    NameQuestion late = owner.question();
    other.answer(other.question(), OptionalLong.empty());
    time.timePasses(PATIENCE);
    rounds.receiveMessage();
    time.timePasses(REST);
    CompletableFuture<CatalogSnapshot> names = read();
    NameQuestion next = owner.question();
    other.answer(other.question(), OptionalLong.empty());

    owner.answer(late, OptionalLong.of(4));
    owner.answer(next, OptionalLong.of(5));

    rounds.receiveMessage();
    assertFalse(names.isDone());
  }

  @Test
  void onlyMembersAreToldHowFarTheEnvironmentIs() {
    own.publish(STATE, 6);
    TestProbe<NameAnswer> asker = kit.createTestProbe();

    reader.tell(new NameQuestion("removed", 1, asker.ref()));
    reader.tell(new NameQuestion("other", 2, asker.ref()));

    assertEquals(new NameAnswer("me", 2, OptionalLong.of(6), false), asker.receiveMessage());
  }

  @Test
  void whoHasTheEnvironmentAndItsStandingAsksNobody() {
    own.publish(STATE, 4);
    standing.holds = true;

    assertSame(gathered.snapshot(), got(read()));
    owner.probe.expectNoMessage();
  }

  @Test
  void itGathersWhatItHasJournaledSince() {
    own.publish(STATE, 5);
    standing.holds = true;
    CompletableFuture<CatalogSnapshot> names = read();

    CompletableFuture<CatalogSnapshot> round = rounds.receiveMessage();
    gathered.publish(STATE, 5);
    round.complete(gathered.snapshot());

    assertEquals(5, got(names).environment().sequenceNumber());
  }

  @Test
  void whoseStandingIsOverAsksTheOthers() {
    own.publish(STATE, 4);
    standing.holds = true;
    got(read());
    standing.holds = false;

    CompletableFuture<CatalogSnapshot> names = read();

    owner.answer(owner.question(), OptionalLong.of(5));
    other.answer(other.question(), OptionalLong.empty());
    rounds.receiveMessage();
    assertFalse(names.isDone());
  }

  @Test
  void standingWithoutTheEnvironmentIsNoAnswer() {
    standing.holds = true;

    CompletableFuture<CatalogSnapshot> names = read();

    owner.question();
    assertFalse(names.isDone());
  }

  @Test
  void whoSaysSoIsCertainOnlyAsLongAsItsStandingHolds() {
    own.publish(STATE, 6);
    TestProbe<NameAnswer> asker = kit.createTestProbe();
    standing.holds = true;
    reader.tell(new NameQuestion("other", 1, asker.ref()));
    assertEquals(new NameAnswer("me", 1, OptionalLong.of(6), true), asker.receiveMessage());
    standing.holds = false;
    reader.tell(new NameQuestion("other", 2, asker.ref()));
    assertEquals(new NameAnswer("me", 2, OptionalLong.of(6), false), asker.receiveMessage());
  }

  @Test
  void oneCertainAnswerIsEnough() {
    CompletableFuture<CatalogSnapshot> names = read();
    other.question();

    owner.answerForCertain(owner.question(), 4);

    assertSame(gathered.snapshot(), got(names));
  }

  @Test
  void whoWasCertainIsAskedAloneFromThenOn() {
    read();
    other.question();
    owner.answerForCertain(owner.question(), 4);
    CompletableFuture<CatalogSnapshot> names = read();

    owner.answerForCertain(owner.question(), 4);

    got(names);
    other.probe.expectNoMessage();
  }

  @Test
  void whereItIsNotCertainAnyMoreAllAreAsked() {
    read();
    other.question();
    owner.answerForCertain(owner.question(), 4);
    CompletableFuture<CatalogSnapshot> names = read();

    owner.answer(owner.question(), OptionalLong.empty());
    owner.answer(owner.question(), OptionalLong.empty());
    assertFalse(names.isDone());
    other.answerForCertain(other.question(), 4);

    got(names);
  }

  @Test
  void anOwnerThatDoesNotAnswerIsAskedNoLonger() {
    read();
    other.question();
    owner.answerForCertain(owner.question(), 4);
    read();
    owner.question();
    time.timePasses(PATIENCE);
    rounds.receiveMessage();
    time.timePasses(REST);

    read();

    owner.question();
    other.question();
  }
}

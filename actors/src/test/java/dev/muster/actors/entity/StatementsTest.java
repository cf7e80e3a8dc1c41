package dev.muster.actors.entity;

import static dev.muster.actors.testing.Commands.create;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements and answers that are lost on their way, and are sent again. */
class StatementsTest {
  private static final ClusterId C = ClusterId.user(2);
  private static final Reply DONE = new Reply.Done(List.of());

  private final EntityHarness harness = new EntityHarness();
  private TestProbe<Answer> asker;

  @BeforeEach
  void start() {
    harness.startEnvironment();
    assertEquals(DONE, harness.ask(create("c", managed("small", 0))));
    asker = harness.kit.createTestProbe();
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private ClusterMessage.Execute comment(String comment, HybridTime sentAt) {
    return new ClusterMessage.Execute(
        new ClusterCommand.CommentOn(Optional.empty(), Optional.of(comment)),
        by(comment),
        sentAt,
        sentAt.epochMillis() + Duration.ofHours(1).toMillis(),
        7,
        asker.getRef());
  }

  private ClusterMessage.Execute comment(String comment) {
    return comment(comment, harness.clock.next());
  }

  private static Origin by(String statement) {
    return new Origin("materialize", Optional.empty(), Optional.empty(), Optional.of(statement));
  }

  private Reply told() {
    return asker.receiveMessage(EntityHarness.BOUND).reply();
  }

  private void assertNotKnown(Reply reply) {
    Reply.Refused refused = assertInstanceOf(Reply.Refused.class, reply);
    assertInstanceOf(Rejection.OutcomeUnknown.class, refused.rejection());
  }

  private int events() {
    return harness.recorded(C).size();
  }

  /** As on another node. */
  private void takeOver() {
    harness.crash();
    harness.startEnvironment();
  }

  @Test
  void oneThatWasLostIsCarriedOutWhenItComesAgain() {
    int before = events();

    harness.cluster(C).tell(new ClusterMessage.ExecuteAgain(comment("a")));

    assertEquals(DONE, told());
    assertEquals(before + 1, events());
  }

  @Test
  void oneWhoseAnswerWasLostIsAnsweredAgainAndNotCarriedOutAgain() {
    ClusterMessage.Execute first = comment("a");
    harness.cluster(C).tell(first);
    assertEquals(DONE, told());
    harness.cluster(C).tell(comment("b"));
    assertEquals(DONE, told());
    int before = events();

    harness.cluster(C).tell(new ClusterMessage.ExecuteAgain(first));

    assertEquals(DONE, told());
    assertEquals(before, events());
    assertEquals(Optional.of("b"), harness.published(C).comment());
  }

  @Test
  void oneThatWaitsIsCarriedOutOnceHoweverOftenItComes() {
    int before = events();
    harness.mayDecide = false;
    ClusterMessage.Execute first = comment("a");
    harness.cluster(C).tell(first);
    harness.cluster(C).tell(new ClusterMessage.ExecuteAgain(first));
    harness.cluster(C).tell(new ClusterMessage.ExecuteAgain(first));
    TestProbe<ClusterId> later = harness.kit.createTestProbe();
    harness.cluster(C).tell(new ClusterMessage.Wake(later.getRef()));
    later.receiveMessage(EntityHarness.BOUND);

    harness.mayDecide = true;

    assertEquals(DONE, told());
    harness.cluster(C).tell(comment("b"));
    assertEquals(DONE, told());
    assertEquals(before + 2, events());
  }

  @Test
  void oneThatWasLostWithItsNodeIsCarriedOutByTheNext() {
    ClusterMessage.Execute lost = comment("a");
    takeOver();

    harness.cluster(C).tell(new ClusterMessage.ExecuteAgain(lost));

    assertEquals(DONE, told());
    assertEquals(Optional.of("a"), harness.published(C).comment());
  }

  /** What others have done meanwhile is not taken for it. */
  @Test
  void whatOthersDidMeanwhileIsNotTakenForIt() {
    ClusterMessage.Execute lost = comment("a");
    harness.cluster(C).tell(comment("b"));
    assertEquals(DONE, told());
    takeOver();

    harness.cluster(C).tell(new ClusterMessage.ExecuteAgain(lost));

    assertEquals(DONE, told());
    assertEquals(Optional.of("a"), harness.published(C).comment());
  }

  @Test
  void oneThatThePredecessorMayHaveCarriedOutIsSaidToBeUnknown() {
    ClusterMessage.Execute first = comment("a");
    harness.cluster(C).tell(first);
    assertEquals(DONE, told());
    harness.cluster(C).tell(comment("b"));
    assertEquals(DONE, told());
    takeOver();
    int before = events();

    harness.cluster(C).tell(new ClusterMessage.ExecuteAgain(first));

    assertNotKnown(told());
    assertEquals(before, events());
  }

  /** It was overtaken by its own repetition, which the predecessor has carried out. */
  @Test
  void oneThatComesMuchTooLateIsNotCarriedOutAgain() {
    HybridTime longAgo =
        HybridTime.ofEpochMilli(
            harness.clock.next().epochMillis() - Duration.ofMinutes(10).toMillis(), 0);
    ClusterMessage.Execute first = comment("a", longAgo);
    harness.cluster(C).tell(new ClusterMessage.ExecuteAgain(first));
    assertEquals(DONE, told());
    takeOver();
    int before = events();

    harness.cluster(C).tell(first);

    assertNotKnown(told());
    assertEquals(before, events());
  }

  @Test
  void whatASnapshotStandsForIsNotKnown() {
    try (EntityHarness often = new EntityHarness("muster.entities.cluster-snapshot-every = 1")) {
      often.startEnvironment();
      assertEquals(DONE, often.ask(create("c", managed("small", 0))));
      TestProbe<Answer> there = often.kit.createTestProbe();
      ClusterMessage.Execute first =
          new ClusterMessage.Execute(
              new ClusterCommand.CommentOn(Optional.empty(), Optional.of("a")),
              by("a"),
              often.clock.next(),
              Long.MAX_VALUE - 1,
              0,
              there.getRef());
      often.cluster(C).tell(first);
      assertEquals(DONE, there.receiveMessage(EntityHarness.BOUND).reply());
      often.eventually(
          () -> assertEquals(often.recorded(C).size(), often.snapshots(PersistenceIds.cluster(C))));
      often.crash();
      often.startEnvironment();

      often.cluster(C).tell(new ClusterMessage.ExecuteAgain(first));

      assertNotKnown(there.receiveMessage(EntityHarness.BOUND).reply());
    }
  }

  @Test
  void aCreationWhoseAnswerWasLostIsAnsweredAgain() {
    HybridTime sentAt = harness.clock.next();
    EnvironmentMessage.Execute creation =
        new EnvironmentMessage.Execute(
            create("d", managed("small", 0)),
            by("d"),
            sentAt,
            sentAt.epochMillis() + Duration.ofHours(1).toMillis(),
            asker.getRef());
    harness.environment().tell(creation);
    assertEquals(DONE, told());

    harness.environment().tell(new EnvironmentMessage.ExecuteAgain(creation));
    assertEquals(DONE, told());

    takeOver();
    harness.environment().tell(new EnvironmentMessage.ExecuteAgain(creation));
    assertNotKnown(told());
  }

  @Test
  void aSwapThatWasLostIsCarriedOutOnce() {
    assertEquals(DONE, harness.ask(create("d", managed("small", 0))));
    HybridTime sentAt = harness.clock.next();
    EnvironmentMessage.Execute swap =
        new EnvironmentMessage.Execute(
            new EnvironmentCommand.SwapClusters(List.of(new EnvironmentCommand.Swap("c", "d"))),
            by("swap"),
            sentAt,
            sentAt.epochMillis() + Duration.ofHours(1).toMillis(),
            asker.getRef());

    harness.environment().tell(new EnvironmentMessage.ExecuteAgain(swap));
    harness.environment().tell(swap);
    assertEquals(DONE, told());
    harness.environment().tell(new EnvironmentMessage.ExecuteAgain(swap));
    assertEquals(DONE, told());

    assertEquals(
        C, harness.catalog.snapshot().environment().state().cluster("d").orElseThrow().id());
  }
}

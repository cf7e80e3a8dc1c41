package dev.muster.actors.entity;

import static dev.muster.actors.testing.Commands.create;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterId;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entities of a node that may have been removed from the others' membership. */
class StandingEntityTest {
  private static final ClusterId C = ClusterId.user(2);
  private static final Reply DONE = new Reply.Done(List.of());
  private static final ClusterCommand COMMENT =
      new ClusterCommand.CommentOn(Optional.empty(), Optional.of("a comment"));

  private final EntityHarness harness = new EntityHarness();

  @BeforeEach
  void start() {
    harness.startEnvironment();
    assertEquals(DONE, harness.ask(create("c", managed("small", 0))));
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  @Test
  void aStatementWaitsUntilTheNodeIsSureAgain() {
    int before = harness.recorded(C).size();
    harness.mayDecide = false;
    TestProbe<Answer> asker = harness.kit.createTestProbe();
    harness
        .cluster(C)
        .tell(
            new ClusterMessage.Execute(
                COMMENT,
                EntityHarness.ALICE,
                harness.clock.next(),
                Long.MAX_VALUE,
                0,
                asker.getRef()));
    TestProbe<ClusterId> later = harness.kit.createTestProbe();
    harness.cluster(C).tell(new ClusterMessage.Wake(later.getRef()));
    later.receiveMessage(EntityHarness.BOUND);
    assertEquals(before, harness.recorded(C).size());

    harness.mayDecide = true;

    assertEquals(DONE, asker.receiveMessage(EntityHarness.BOUND).reply());
  }

  @Test
  void whatARecoveryFindsMayBeAnotherNodesWhereTheStandingIsLost() {
    harness.journal.failNextPersisted(PersistenceIds.cluster(C));
    harness.holds = false;

    Reply.Refused refused = assertInstanceOf(Reply.Refused.class, harness.ask(C, COMMENT));

    assertInstanceOf(Rejection.OutcomeUnknown.class, refused.rejection());
  }
}

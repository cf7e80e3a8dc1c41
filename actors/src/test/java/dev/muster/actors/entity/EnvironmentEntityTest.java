package dev.muster.actors.entity;

import static dev.muster.actors.testing.Commands.create;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.environment.Bootstrap;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand.DropClusters;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ClusterCreated;
import dev.muster.journal.event.ClusterEvent.ClusterDropped;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropStarted;
import dev.muster.journal.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvironmentEntityTest {
  private static final String JOURNAL = PersistenceIds.environment();
  private static final ClusterId C = ClusterId.user(2);
  private static final Reply DONE = new Reply.Done();

  private static final ClusterCommand COMMENT =
      new ClusterCommand.CommentOn(Optional.empty(), Optional.of("a comment"));

  private EntityHarness harness;

  @BeforeEach
  void start() {
    harness = new EntityHarness();
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  /** Nothing is unfinished, and the catalog has what the environment has. */
  private void quiet() {
    harness.eventually(
        () -> {
          CatalogSnapshot snapshot = harness.catalog.snapshot();
          assertTrue(snapshot.environment().state().environmentId().isPresent());
          assertEquals(List.of(), Task.unfinished(snapshot.environment().state()));
          assertEquals(0, snapshot.missing());
        });
  }

  private boolean exists(String name) {
    return harness.catalog.snapshot().environment().state().cluster(name).isPresent();
  }

  @Test
  void theFirstStartMakesTheFirstClusters() {
    harness.startEnvironment();
    quiet();
    assertTrue(exists("quickstart"));
    assertTrue(exists("mz_system"));
    assertTrue(exists("mz_catalog_server"));
  }

  @Test
  void aFirstStartWhoseJournalFailsBeginsAnew() {
    harness.journal.failNextPersisted(JOURNAL);
    harness.startEnvironment();
    quiet();
    assertTrue(exists("quickstart"));
  }

  /** The two journals of a create and a drop, cut at every place where a crash can cut them. */
  @Test
  void aCrashAtAnyPointOfCreateAndDropIsFinishedAfterwards() {
    List<EnvironmentEvent> environment =
        List.of(
            new ClusterCreationStarted(C, "c", "materialize", managed("small", 0), List.of()),
            new ClusterCreationFinished(C),
            new ClusterDropStarted(List.of(C)),
            new ClusterDropFinished(C));
    List<ClusterEvent> cluster =
        List.of(new ClusterCreated(C, managed("small", 0)), new ClusterDropped());
    int[][] cuts = {{1, 0}, {1, 1}, {2, 1}, {3, 1}, {3, 2}, {4, 2}};
    for (int[] cut : cuts) {
      harness.crash();
      harness.journal.clearAll();
      List<Object> before = new ArrayList<>();
      new Bootstrap("test-0", "25cc", 0, "25cc", 0)
          .events()
          .forEach(event -> before.add(harness.stamped(event)));
      environment.subList(0, cut[0]).forEach(event -> before.add(harness.stamped(event)));
      harness.journal.persistForRecovery(JOURNAL, before);
      List<Object> ofCluster = new ArrayList<>();
      cluster.subList(0, cut[1]).forEach(event -> ofCluster.add(harness.stamped(event)));
      harness.journal.persistForRecovery(PersistenceIds.cluster(C), ofCluster);
      harness.startEnvironment();
      quiet();
      boolean shallExist = cut[0] < 3;
      assertEquals(shallExist, exists("c"), () -> "cut at " + cut[0] + ", " + cut[1]);
      assertEquals(
          shallExist,
          harness.replayed(C) instanceof ClusterState.Live,
          () -> "cut at " + cut[0] + ", " + cut[1]);
    }
  }

  @Test
  void aCrashAfterEveryStatementFindsEverythingAsItWas() {
    harness.startEnvironment();
    for (int round = 0; round < 3; round++) {
      assertEquals(DONE, harness.ask(create("c", managed("small", 2))));
      harness.crash();
      harness.startEnvironment();
      quiet();
      assertTrue(exists("c"));
      assertEquals(DONE, harness.ask(new DropClusters(List.of("c"), false)));
      harness.crash();
      harness.startEnvironment();
      quiet();
      assertFalse(exists("c"));
    }
  }

  @Test
  void aCreateWhoseNameCannotBeJournaledIsRefusedAndTheNameIsFree() {
    harness.startEnvironment();
    quiet();
    harness.journal.failNextPersisted(JOURNAL);
    assertInstanceOf(
        Rejection.JournalFailed.class,
        assertInstanceOf(Reply.Refused.class, harness.ask(create("c", managed("small", 1))))
            .rejection());
    assertFalse(exists("c"));
    assertEquals(DONE, harness.ask(create("c", managed("small", 1))));
  }

  @Test
  void aCreateThatTheClusterCannotJournalIsWithdrawn() {
    harness.startEnvironment();
    quiet();
    harness.journal.failNextPersisted(PersistenceIds.cluster(C));
    assertInstanceOf(Reply.Refused.class, harness.ask(create("c", managed("small", 1))));
    quiet();
    assertFalse(exists("c"));
    assertEquals(DONE, harness.ask(create("c", managed("small", 1))));
    assertTrue(exists("c"));
  }

  @Test
  void aCreateWhoseEndCannotBeJournaledIsFinishedAllTheSame() {
    harness.startEnvironment();
    quiet();
    harness.journal.failNextNOpsCond(
        (id, operation) ->
            operation instanceof WriteEvents write
                && write.batch().toString().contains("ClusterCreationFinished"),
        1);
    assertEquals(DONE, harness.ask(create("c", managed("small", 1))));
    quiet();
    assertTrue(exists("c"));
  }

  @Test
  void aDropThatTheClusterCannotJournalIsFinishedLater() {
    harness.startEnvironment();
    quiet();
    harness.ask(create("c", managed("small", 0)));
    harness.journal.failNextPersisted(PersistenceIds.cluster(C));
    assertEquals(DONE, harness.ask(new DropClusters(List.of("c"), false)));
    quiet();
    assertInstanceOf(ClusterState.Dropped.class, harness.replayed(C));
  }

  /** As where its cluster is on another node, or the network is slow. */
  private TestProbe<Answer> beginsToCreate(String name) {
    harness.startEnvironment();
    quiet();
    harness.losesWhatIsLed = true;
    TestProbe<Answer> created = harness.tell(create(name, managed("small", 0)));
    harness.eventually(() -> assertTrue(exists(name)));
    return created;
  }

  @Test
  void aStatementAboutAClusterThatIsBeingCreatedWaitsForIt() {
    TestProbe<Answer> created = beginsToCreate("c");
    TestProbe<Answer> commented = harness.tell(C, COMMENT, Long.MAX_VALUE);

    harness.losesWhatIsLed = false;

    assertEquals(DONE, created.receiveMessage(EntityHarness.BOUND).reply());
    assertEquals(DONE, commented.receiveMessage(EntityHarness.BOUND).reply());
    assertEquals(Optional.of("a comment"), harness.published(C).comment());
  }

  @Test
  void whereACreationTakesTooLongAStatementAboutItIsToBeTriedAgain() {
    beginsToCreate("c");
    TestProbe<Answer> commented =
        harness.tell(
            C,
            COMMENT,
            harness.clock.next().epochMillis() + EnvironmentEntity.LAST_WORD_MILLIS - 1);

    Reply.Refused refused =
        assertInstanceOf(
            Reply.Refused.class, commented.receiveMessage(EntityHarness.BOUND).reply());
    assertInstanceOf(Rejection.Unavailable.class, refused.rejection());
    harness.losesWhatIsLed = false;
  }

  @Test
  void aClusterThatNobodyCreatesIsSaidNotToBeThere() {
    harness.startEnvironment();
    quiet();
    assertEquals(
        new Reply.Refused(new Rejection.ClusterGone()), harness.ask(ClusterId.user(99), COMMENT));
  }
}

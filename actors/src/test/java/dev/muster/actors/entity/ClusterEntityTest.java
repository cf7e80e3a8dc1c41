package dev.muster.actors.entity;

import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.replica.ReplicaReport;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.ReplicaProgress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.internal.PoisonPill;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterEntityTest {
  private static final ClusterId ID = ClusterId.user(1);
  private static final String JOURNAL = PersistenceIds.cluster(ID);
  private static final Reply DONE = new Reply.Done();

  private EntityHarness harness;

  @BeforeEach
  void start() {
    harness = new EntityHarness();
    create();
  }

  private void create() {
    assertEquals(DONE, harness.ask(ID, new ClusterCommand.Create(managed("small", 1), List.of())));
    settled(1);
  }

  /** All replicas have hydrated, and the journal says so. */
  private void settled(int replicas) {
    harness.eventually(
        () -> {
          ClusterState.Live live = (ClusterState.Live) harness.replayed(ID);
          assertEquals(replicas, live.replicas().size());
          assertTrue(
              live.replicas().stream()
                  .allMatch(replica -> replica.progress() instanceof ReplicaProgress.Online));
        });
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private static Rejection rejection(Reply reply) {
    return assertInstanceOf(Reply.Refused.class, reply).rejection();
  }

  @Test
  void aFailedWriteIsAnsweredAndHasChangedNothing() {
    Set<ReplicaId> running = harness.supervisors.running();
    harness.journal.failNextPersisted(JOURNAL);
    assertInstanceOf(
        Rejection.JournalFailed.class, rejection(harness.ask(ID, alter().factor(3).build())));
    assertEquals(1, harness.published(ID).replicas().size());
    assertEquals(running, harness.supervisors.running());
    assertEquals(DONE, harness.ask(ID, alter().factor(2).build()));
    assertEquals(harness.published(ID).replicas().size(), 2);
  }

  @Test
  void aRejectedWriteIsAnsweredAndHasChangedNothing() {
    harness.journal.rejectNextPersisted(JOURNAL);
    assertInstanceOf(
        Rejection.JournalFailed.class, rejection(harness.ask(ID, alter().factor(3).build())));
    assertEquals(DONE, harness.ask(ID, alter().factor(2).build()));
    assertEquals(2, harness.published(ID).replicas().size());
  }

  @Test
  void aReportWhoseWriteFailedIsNotLost() {
    ReplicaId id = harness.published(ID).replicas().getFirst().id();
    harness.journal.failNextPersisted(JOURNAL);
    harness.supervisors.report(new ReplicaReport.Started(id, 9, "fake", 1));
    harness.eventually(
        () ->
            assertEquals(9, harness.published(ID).replicas().getFirst().progress().incarnation()));
  }

  @Test
  void whatTheJournalDoesNotHearOfACrashLoopIsShownUntilThereIsNews() {
    ReplicaId id = harness.published(ID).replicas().getFirst().id();
    harness.supervisors.report(failed(id, 5, ReplicaFailure.Kind.SIGNALED));
    showsFailures(5, ReplicaFailure.Kind.SIGNALED);
    harness.supervisors.report(
        new ReplicaReport.FailedAgain(failed(id, 7, ReplicaFailure.Kind.EXITED)));
    showsFailures(7, ReplicaFailure.Kind.EXITED);
    assertEquals(DONE, harness.ask(ID, alter().factor(2).build()));
    showsFailures(7, ReplicaFailure.Kind.EXITED);
    assertEquals(
        5,
        assertInstanceOf(
                ReplicaProgress.Failed.class,
                ((ClusterState.Live) harness.replayed(ID)).replicas().getFirst().progress())
            .consecutiveFailures());
    harness.supervisors.report(new ReplicaReport.Started(id, 99, "fake", 1));
    harness.eventually(
        () ->
            assertInstanceOf(
                ReplicaProgress.Hydrating.class,
                harness.published(ID).replicas().getFirst().progress()));
  }

  private static ReplicaReport.Failed failed(ReplicaId id, int failures, ReplicaFailure.Kind kind) {
    return new ReplicaReport.Failed(
        id, 10 + failures, new ReplicaFailure(kind, Optional.empty()), failures);
  }

  private void showsFailures(int failures, ReplicaFailure.Kind kind) {
    harness.eventually(
        () -> {
          ReplicaProgress.Failed shown =
              assertInstanceOf(
                  ReplicaProgress.Failed.class,
                  harness.published(ID).replicas().getFirst().progress());
          assertEquals(failures, shown.consecutiveFailures());
          assertEquals(kind, shown.failure().kind());
        });
  }

  @Test
  void aJournalThatCannotBeReadIsSaidSoAndReadAgain() {
    harness.crash();
    harness.journal.failNextNReads(JOURNAL, 1);
    TestProbe<ClusterId> awake = harness.kit.createTestProbe();
    harness.cluster(ID).tell(new ClusterMessage.Wake(awake.getRef()));
    assertEquals(ID, awake.receiveMessage(EntityHarness.BOUND));
    assertEquals(1, harness.published(ID).replicas().size());
    assertTrue(harness.health.cluster(ID).isEmpty());
  }

  @Test
  void anEventThatCannotHaveHappenedIsNamedByItsEntityNumberAndKind() {
    int events = harness.recorded(ID).size();
    ReplicaId nobody = ReplicaId.of(ID, 77);
    harness.crash();
    harness.journal.persistForRecovery(
        JOURNAL, List.of(harness.stamped(new ClusterEvent.ReplicaStarted(nobody, 1, "fake", 0))));
    harness.cluster(ID).tell(new ClusterMessage.Reconcile());
    harness.eventually(
        () ->
            assertEquals(
                Optional.of(
                    ("cluster|u1: event %d (ReplicaStarted) cannot have happened after those before"
                            + " it; run 'muster audit verify'")
                        .formatted(events + 1)),
                harness.health.cluster(ID)));
    assertTrue(harness.health.isDamaged(ID));
  }

  @Test
  void whatCannotRecoverEndsWhenShardingAsksItTo() {
    ReplicaId nobody = ReplicaId.of(ID, 77);
    harness.crash();
    harness.journal.persistForRecovery(
        JOURNAL, List.of(harness.stamped(new ClusterEvent.ReplicaStarted(nobody, 1, "fake", 0))));
    ActorRef<ClusterMessage> entity = harness.cluster(ID);
    harness.eventually(() -> assertTrue(harness.health.cluster(ID).isPresent()));
    Adapter.toClassic(entity)
        .tell(PoisonPill.instance(), org.apache.pekko.actor.ActorRef.noSender());
    harness.kit.createTestProbe().expectTerminated(entity, EntityHarness.BOUND);
    harness.eventually(() -> assertTrue(harness.health.cluster(ID).isEmpty()));
  }

  @Test
  void whatCannotBeReadHereIsNoConcernOfThisNodeOnceItHasMoved() {
    harness.crash();
    harness.journal.failNextNReads(JOURNAL, 1_000_000);
    harness.cluster(ID).tell(new ClusterMessage.Reconcile());
    harness.eventually(() -> assertTrue(harness.health.cluster(ID).isPresent()));
    assertFalse(harness.health.isDamaged(ID));

    harness.crash();

    assertTrue(harness.health.cluster(ID).isEmpty());
  }

  @Test
  void liveStateIsTheReplayOfItsEventsThroughEveryRestart() {
    for (int factor : List.of(3, 0, 2, 5, 1)) {
      assertEquals(DONE, harness.ask(ID, alter().factor(factor).build()));
      ClusterState.Live before = (ClusterState.Live) harness.replayed(ID);
      assertEquals(factor, before.replicas().size());
      harness.crash();
      assertEquals(DONE, harness.ask(ID, alter().factor(factor).build()));
      assertEquals(
          before.replicas().stream().map(replica -> replica.id()).toList(),
          harness.published(ID).replicas().stream().map(replica -> replica.id()).toList());
      settled(factor);
    }
  }

  @Test
  void aSupervisorRunsForEachReplicaAfterARestart() {
    harness.ask(ID, alter().factor(3).build());
    settled(3);
    harness.crash();
    harness.ask(ID, alter().factor(2).build());
    Set<ReplicaId> wanted =
        harness.published(ID).replicas().stream()
            .map(replica -> replica.id())
            .collect(Collectors.toSet());
    harness.eventually(() -> assertTrue(harness.supervisors.running().containsAll(wanted)));
  }

  @Test
  void aCrashedSupervisorIsReplacedByOneThatKnowsTheStateOfNow() {
    ReplicaId id = harness.published(ID).replicas().getFirst().id();
    for (long incarnation = 2; incarnation <= 4; incarnation++) {
      long expected = incarnation;
      harness.supervisors.crash(id);
      harness.eventually(
          () ->
              assertEquals(
                  expected, harness.published(ID).replicas().getFirst().progress().incarnation()));
      settled(1);
    }
    assertEquals(DONE, harness.ask(ID, alter().factor(2).build()));
  }

  @Test
  void everyEventHasATimeOfItsOwnAndTimesAscend() {
    harness.ask(ID, alter().factor(3).size("medium").build());
    settled(3);
    List<HybridTime> times = harness.recorded(ID).stream().map(Recorded::at).toList();
    assertEquals(times.stream().distinct().sorted().toList(), times);
  }

  @Test
  void whatIsJournaledForACommandIsLaterThanItsSending() {
    HybridTime future = HybridTime.ofEpochMilli(System.currentTimeMillis() + 3_600_000, 1);
    TestProbe<Answer> probe = harness.kit.createTestProbe();
    harness
        .cluster(ID)
        .tell(
            new ClusterMessage.Execute(
                alter().factor(2).build(),
                EntityHarness.ALICE,
                future,
                Long.MAX_VALUE,
                5,
                probe.getRef()));
    Answer answer = probe.receiveMessage(EntityHarness.BOUND);
    assertEquals(5, answer.token());
    HybridTime last = harness.recorded(ID).getLast().at();
    assertTrue(last.compareTo(future) > 0);
    assertTrue(answer.at().compareTo(future) > 0);
  }

  @Test
  void aCommandThatNobodyWaitsForAnyMoreIsNotCarriedOut() {
    TestProbe<Answer> probe = harness.kit.createTestProbe();
    harness
        .cluster(ID)
        .tell(
            new ClusterMessage.Execute(
                alter().factor(3).build(),
                EntityHarness.ALICE,
                HybridTime.ZERO,
                1,
                0,
                probe.getRef()));
    assertEquals(DONE, harness.ask(ID, alter().factor(1).build()));
    assertEquals(1, harness.published(ID).replicas().size());
    probe.expectNoMessage(java.time.Duration.ZERO);
  }

  @Test
  void aDroppedClusterLeavesTheCatalogAndItsReplicasStop() {
    assertEquals(DONE, harness.ask(ID, new ClusterCommand.Drop()));
    assertTrue(harness.catalog.snapshot().clusters().isEmpty());
    harness.eventually(() -> assertTrue(harness.supervisors.running().isEmpty()));
    assertInstanceOf(ClusterState.Dropped.class, harness.replayed(ID));
  }

  @Test
  void reportsRideAlongWithAStatementAndThoseOfDroppedReplicasAreNotWritten() {
    try (EntityHarness slow = new EntityHarness("muster.entities.report-delay = 1 h")) {
      slow.ask(ID, new ClusterCommand.Create(managed("small", 2), List.of()));
      slow.eventually(() -> assertEquals(2, slow.supervisors.running().size()));
      // The supervisors have reported; an answer to this says that the reports were taken.
      slow.ask(ID, alter().factor(2).build());
      slow.ask(ID, alter().factor(1).build());
      List<ClusterEvent> events = slow.recorded(ID).stream().map(Recorded::event).toList();
      ReplicaId first = ReplicaId.of(ID, 1);
      assertTrue(
          events.stream()
              .filter(ReplicaStarted.class::isInstance)
              .allMatch(event -> ((ReplicaStarted) event).id().equals(first)));
      assertEquals(1, events.stream().filter(ReplicaHydrated.class::isInstance).count());
    }
  }
}

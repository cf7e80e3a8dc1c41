package dev.muster.actors.entity;

import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.testing.FakeSupervisors;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.api.command.ReconfigurationProgress.Finished;
import dev.muster.api.command.ReconfigurationProgress.Hydrating;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Reconfiguration.Status;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reconfiguration outlives whatever happens to the entity that drives it. */
@Timeout(120)
class ReconfigurationEntityTest {
  private static final ClusterId ID = ClusterId.user(1);
  private static final WaitPolicy AT_ONCE =
      new WaitPolicy.UntilReady(Duration.ofMillis(1), OnTimeout.ROLLBACK);

  private EntityHarness harness;
  private FakeSupervisors supervisors;

  @BeforeEach
  void start() {
    harness = new EntityHarness();
    supervisors = harness.supervisors;
    harness.ask(ID, new ClusterCommand.Create(managed("small", 2), List.of()));
    harness.eventually(() -> assertEquals(2, online().size()));
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private ClusterState.Live replayed() {
    return (ClusterState.Live) harness.replayed(ID);
  }

  private Set<String> online() {
    return replayed().replicas().stream()
        .filter(replica -> replica.progress() instanceof ReplicaProgress.Online)
        .map(Replica::name)
        .collect(Collectors.toSet());
  }

  private ReconfigurationHandle resize(WaitPolicy policy) {
    Reply reply = harness.ask(ID, alter().size("medium").waiting(policy).build());
    return assertInstanceOf(Reply.Underway.class, reply).reconfiguration();
  }

  private ReconfigurationHandle resize() {
    return resize(new WaitPolicy.Unspecified());
  }

  private ReconfigurationProgress progress(
      ReconfigurationHandle handle, Optional<ReconfigurationProgress> seen) {
    TestProbe<ReconfigurationProgress> probe = harness.kit.createTestProbe();
    harness.cluster(ID).tell(new ClusterMessage.Watch(handle, seen, probe.getRef()));
    return probe.receiveMessage(EntityHarness.BOUND);
  }

  /** What a waiting statement would be told last. */
  private ReconfigurationProgress end(ReconfigurationHandle handle) {
    Optional<ReconfigurationProgress> seen = Optional.empty();
    do {
      seen = Optional.of(progress(handle, seen));
    } while (seen.get() instanceof Hydrating);
    return seen.get();
  }

  private void assertResized() {
    ClusterState.Live state = replayed();
    assertEquals(Optional.of(managed("medium", 2)), state.managed());
    assertEquals(
        List.of("r1 medium", "r2 medium"),
        state.replicas().stream().map(r -> r.name() + " " + r.size()).toList());
    Set<ReplicaId> wanted = state.replicas().stream().map(Replica::id).collect(Collectors.toSet());
    // What a crash kept from being stopped is an orphan, and the sweep's business.
    harness.eventually(() -> assertTrue(supervisors.running().containsAll(wanted)));
  }

  @Test
  void hydratedReplicasReplaceTheOthersInOneWrite() {
    Set<ReplicaId> before = supervisors.running();
    assertEquals(new Finished(true), end(resize()));
    assertResized();
    assertEquals(
        1,
        harness.recorded(ID).stream()
            .filter(recorded -> recorded.event() instanceof ReconfigurationFinished)
            .count());
    assertTrue(supervisors.running().stream().noneMatch(before::contains));
  }

  @Test
  void theCutOverRestartsNoReplica() {
    supervisors.holdBack("medium");
    ReconfigurationHandle handle = resize();
    harness.eventually(() -> assertEquals(4, supervisors.running().size()));
    supervisors.letGo();
    assertEquals(new Finished(true), end(handle));
    assertTrue(replayed().replicas().stream().allMatch(r -> r.progress().incarnation() == 1));
  }

  @Test
  void progressIsToldAsReplicasHydrate() {
    supervisors.holdBack("medium");
    ReconfigurationHandle handle = resize();
    Hydrating none = assertInstanceOf(Hydrating.class, progress(handle, Optional.empty()));
    assertEquals(0, none.hydrated());
    assertEquals(2, none.replicas());
    harness.eventually(() -> assertEquals(4, supervisors.running().size()));
    supervisors.letGo(replayed().replica("r1-pending").orElseThrow().id());
    Hydrating one = assertInstanceOf(Hydrating.class, progress(handle, Optional.of(none)));
    assertEquals(1, one.hydrated());
  }

  @Test
  void aCrashAtAnyMomentOnlyDelaysIt() {
    supervisors.holdBack("medium");
    ReconfigurationHandle handle = resize();
    awaitStart("r2-pending", 1);
    harness.crash();
    assertInstanceOf(Hydrating.class, progress(handle, Optional.empty()));
    awaitStart("r2-pending", 2);
    supervisors.letGo(replayed().replica("r2-pending").orElseThrow().id());
    harness.eventually(() -> assertTrue(online().contains("r2-pending")));
    awaitStart("r1-pending", 2);
    harness.crash();
    assertInstanceOf(Hydrating.class, progress(handle, Optional.empty()));
    awaitStart("r1-pending", 3);
    supervisors.letGo();
    assertEquals(new Finished(true), end(handle));
    harness.crash();
    assertEquals(new Finished(true), progress(handle, Optional.empty()));
    assertResized();
  }

  private void awaitStart(String replica, long incarnation) {
    harness.eventually(
        () ->
            assertEquals(
                incarnation, replayed().replica(replica).orElseThrow().progress().incarnation()));
  }

  /** As by a crash between the write of the news and that of what follows from them. */
  @Test
  void aRecoveryFindsWhatIsToBeDone() {
    supervisors.holdBack("medium");
    ReconfigurationHandle handle = resize();
    ClusterState.Live state = replayed();
    harness.crash();
    harness.hydrateInTheJournal(ID, state.replica("r1-pending").orElseThrow().id());
    harness.hydrateInTheJournal(ID, state.replica("r2-pending").orElseThrow().id());
    assertEquals(new Finished(true), end(handle));
    assertResized();
  }

  @Test
  void aFailedWriteOfTheCutOverIsTriedAgain() {
    supervisors.holdBack("medium");
    ReconfigurationHandle handle = resize();
    harness.eventually(() -> assertEquals(4, supervisors.running().size()));
    harness.journal.failNextPersisted(PersistenceIds.cluster(ID));
    supervisors.letGo();
    assertEquals(new Finished(true), end(handle));
    assertResized();
  }

  @Test
  void theDeadlineRollsBack() {
    supervisors.holdBack("medium");
    Rejection why =
        assertInstanceOf(ReconfigurationProgress.Ended.class, end(resize(AT_ONCE))).rejection();
    assertInstanceOf(Rejection.ReconfigurationTimedOut.class, why);
    assertEquals(Set.of("r1", "r2"), online());
    assertEquals(Optional.of(managed("small", 2)), replayed().managed());
    harness.eventually(() -> assertEquals(2, supervisors.running().size()));
  }

  @Test
  void aDeadlineThatPassesWhileNobodyIsThereIsFoundAtTheRecovery() {
    supervisors.holdBack("medium");
    ReconfigurationHandle handle =
        resize(new WaitPolicy.UntilReady(Duration.ofMillis(300), OnTimeout.COMMIT));
    harness.crash();
    assertEquals(new Finished(false), end(handle));
    assertEquals(Status.FORCED, replayed().latestReconfiguration().orElseThrow().status());
    assertEquals(Optional.of(managed("medium", 2)), replayed().managed());
  }

  @Test
  void whatHydratedWhileNobodyWasThereCountsThoughTheDeadlineHasPassed() {
    harness.close();
    harness = new EntityHarness("muster.entities.readoption-wait = 1 h");
    supervisors = harness.supervisors;
    harness.ask(ID, new ClusterCommand.Create(managed("small", 2), List.of()));
    harness.eventually(() -> assertEquals(2, online().size()));
    supervisors.holdBack("medium");
    resize(new WaitPolicy.UntilReady(Duration.ofMillis(1_000), OnTimeout.ROLLBACK));
    harness.eventually(() -> assertEquals(4, supervisors.running().size()));
    harness.crash();
    supervisors.letGo();
    harness.eventually(() -> assertTrue(deadlineHasPassed()));
    harness.cluster(ID);
    harness.eventually(this::assertResized);
  }

  private boolean deadlineHasPassed() {
    return Instant.now().isAfter(replayed().latestReconfiguration().orElseThrow().deadline());
  }

  @Test
  void whoWaitsIsToldWhatOthersDidToIt() {
    supervisors.holdBack("medium");
    ReconfigurationHandle overtaken = resize();
    harness.ask(ID, alter().factor(3).build());
    assertInstanceOf(
        Rejection.ReconfigurationOvertaken.class,
        assertInstanceOf(ReconfigurationProgress.Ended.class, end(overtaken)).rejection());
    ReconfigurationHandle cancelled =
        assertInstanceOf(Reply.Underway.class, harness.ask(ID, alter().size("medium").build()))
            .reconfiguration();
    assertEquals(3, cancelled.target().replicationFactor());
    assertInstanceOf(Reply.Done.class, harness.ask(ID, alter().size("small").factor(2).build()));
    assertInstanceOf(
        Rejection.ReconfigurationCancelled.class,
        assertInstanceOf(ReconfigurationProgress.Ended.class, end(cancelled)).rejection());
    assertInstanceOf(Reply.Done.class, harness.ask(ID, new ClusterCommand.Drop()));
    assertInstanceOf(
        Rejection.ClusterGone.class,
        assertInstanceOf(ReconfigurationProgress.Ended.class, end(cancelled)).rejection());
  }

  @Test
  void aStatementThatDoesNotConcernReplicasDoesNotWait() {
    supervisors.holdBack("medium");
    resize();
    assertInstanceOf(Reply.Done.class, harness.ask(ID, alter().scaling("large").build()));
    assertInstanceOf(
        Reply.Done.class,
        harness.ask(ID, new ClusterCommand.CommentOn(Optional.empty(), Optional.of("x"))));
  }
}

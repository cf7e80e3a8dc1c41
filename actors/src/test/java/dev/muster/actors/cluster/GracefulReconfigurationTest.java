package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterScenario.given;
import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static dev.muster.actors.testing.Commands.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.placement.Zones;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.WaitPolicy;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReconfigurationStarted;
import dev.muster.journal.event.ClusterEvent.ReconfigurationTimedOut;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPromotion;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Replicas of another shape hydrate beside those that serve, and then replace them. */
class GracefulReconfigurationTest {
  private static final ReconfigurationTarget SMALL = ReconfigurationTarget.of(managed("small", 2));
  private static final ReconfigurationTarget MEDIUM =
      ReconfigurationTarget.of(managed("medium", 2));

  /** Statements run at 2 ms, see the scenario. */
  private static final Instant DAY_LATER = Instant.ofEpochMilli(2).plus(Duration.ofDays(1));

  private static ReplicaId replica(long number) {
    return ReplicaId.of(ClusterId.user(1), number);
  }

  private static ClusterScenario serving() {
    return given(managed("small", 2)).hydrated("r1", "r2");
  }

  private static ClusterScenario resizing() {
    return serving().and(alter().size("medium").build());
  }

  private static WaitPolicy within(long millis, OnTimeout action) {
    return new WaitPolicy.UntilReady(Duration.ofMillis(millis), action);
  }

  private static Notice started(ReconfigurationTarget target) {
    return new Notice.ReconfigurationStarted(target, DAY_LATER, OnTimeout.ROLLBACK, false);
  }

  private static Notice retargeted(ReconfigurationTarget target) {
    return new Notice.ReconfigurationStarted(target, DAY_LATER, OnTimeout.ROLLBACK, true);
  }

  @Test
  void aResizeAddsPendingReplicasAndDropsNone() {
    serving()
        .when(alter().size("medium").build())
        .thenEvents("ReconfigurationStarted", "+r1-pending medium az1", "+r2-pending medium az2")
        .thenNotices(started(MEDIUM));
  }

  @Test
  void theRecordSaysWhatUntilWhenAndByWhom() {
    var first =
        ((dev.muster.actors.decision.Decision.Accepted<?>)
                serving()
                    .when(
                        alter()
                            .size("medium")
                            .waiting(new WaitPolicy.For(Duration.ofSeconds(5)))
                            .build())
                    .decision())
            .events()
            .getFirst();
    assertEquals(
        new ReconfigurationStarted(
            SMALL, MEDIUM, Instant.ofEpochMilli(5_002), OnTimeout.COMMIT, "materialize"),
        first);
  }

  @Test
  void zonesAndIntrospectionAreTheSamePath() {
    serving()
        .when(alter().zones("az3").build())
        .thenEvents("ReconfigurationStarted", "+r1-pending small az3", "+r2-pending small az3")
        .when(alter().debugging(true).build())
        .thenEvents("ReconfigurationStarted", "+r1-pending small az1", "+r2-pending small az2")
        .when(alter().size("large").factor(3).zones("az1", "az2", "az3").build())
        .thenEvents(
            "ReconfigurationStarted",
            "+r1-pending large az1",
            "+r2-pending large az2",
            "+r3-pending large az3");
  }

  @Test
  void zonesThatAreWidenedAreTheSamePath() {
    given(managed("small", 2, "az1"))
        .hydrated("r1", "r2")
        .when(alter().zones("az1", "az2").build())
        .thenEvents("ReconfigurationStarted", "+r1-pending small az1", "+r2-pending small az2")
        .when(alter().resetZones().build())
        .thenEvents("ReconfigurationStarted", "+r1-pending small az1", "+r2-pending small az2");
  }

  @Test
  void aRollbackTakesBackTheWholeStatement() {
    serving()
        .and(
            alter().size("medium").scaling("large").waiting(within(10, OnTimeout.ROLLBACK)).build())
        .whenItIs(13)
        .andSo()
        .when(alter().size("small").build())
        .thenNothing()
        .when(alter().scaling("large").build())
        .thenEvents("AutoScalingChanged");
  }

  @Test
  void theCutOverIsTheWholeStatement() {
    resizing()
        .and(alter().scaling("large").waiting(within(10, OnTimeout.ROLLBACK)).build())
        .hydrated("r1-pending", "r2-pending")
        .whenItIs(5)
        .andSo()
        .when(alter().size("medium").scaling("large").build())
        .thenNothing();
  }

  @Test
  void whatHasNothingToWaitForIsInForceAtOnceAndStays() {
    resizing()
        .when(alter().scaling("large").build())
        .thenEvents("AutoScalingChanged")
        .and(alter().scaling("large").build())
        .and(alter().size("small").build())
        .when(alter().scaling("large").build())
        .thenNothing();
  }

  @Test
  void whatReplacesNoReplicaIsImmediate() {
    serving()
        .when(alter().factor(3).build())
        .thenEvents("ReplicationFactorChanged", "+r3 small az3")
        .when(alter().size("medium").factor(0).build())
        .thenEvents("SizeChanged", "ReplicationFactorChanged", "-r1", "-r2")
        .when(alter().zones("az2", "az1").build())
        .thenEvents("AvailabilityZonesChanged");
    given(managed("small", 0))
        .when(alter().size("medium").factor(2).build())
        .thenEvents("SizeChanged", "ReplicationFactorChanged", "+r1 medium az1", "+r2 medium az2");
  }

  @Test
  void nothingHappensBeforeTheWholeTargetHasHydrated() {
    resizing()
        .whenItIs(10)
        .thenNothing()
        .hydrated("r1-pending")
        .whenItIs(20)
        .thenNothing()
        .hydrated("r2-pending")
        .failed("r1-pending")
        .whenItIs(30)
        .thenNothing();
  }

  @Test
  void theCutOverIsOneEventAndLeavesNothingToDo() {
    var scenario =
        resizing()
            .hydrated("r1-pending", "r2-pending")
            .whenItIs(10)
            .then(
                new ReconfigurationFinished(
                    SMALL,
                    MEDIUM,
                    true,
                    List.of(
                        new ReplicaPromotion(replica(3), "r1-pending", "r1"),
                        new ReplicaPromotion(replica(4), "r2-pending", "r2")),
                    List.of(replica(1), replica(2))))
            .andSo()
            .whenItIs(20)
            .thenNothing();
    assertEquals(
        List.of("r1 medium", "r2 medium"),
        scenario.live().replicas().stream().map(r -> r.name() + " " + r.size()).toList());
  }

  @Test
  void aClusterWithNothingHydratedWaitsForTheWholeTargetToo() {
    given(managed("small", 1))
        .when(alter().size("medium").build())
        .thenEvents("ReconfigurationStarted", "+r1-pending medium az1");
  }

  @Test
  void theDeadlineRollsBackAndDropsWhatWasPending() {
    serving()
        .and(alter().size("medium").waiting(within(100, OnTimeout.ROLLBACK)).build())
        .whenItIs(101)
        .thenNothing()
        .whenItIs(102)
        .thenEvents("ReconfigurationTimedOut", "-r1-pending", "-r2-pending")
        .andSo()
        .whenItIs(103)
        .thenNothing();
  }

  @Test
  void theDeadlineCommitsWhereThatWasAskedFor() {
    var scenario =
        serving()
            .and(alter().size("medium").waiting(within(100, OnTimeout.COMMIT)).build())
            .hydrated("r1-pending")
            .whenItIs(102)
            .thenEvents("ReconfigurationFinished")
            .andSo();
    assertEquals(
        List.of("r1", "r2"), scenario.live().replicas().stream().map(Replica::name).toList());
    assertEquals(Optional.of(managed("medium", 2)), scenario.live().managed());
  }

  @Test
  void successComesBeforeTheTimeout() {
    serving()
        .and(alter().size("medium").waiting(within(100, OnTimeout.ROLLBACK)).build())
        .hydrated("r1-pending", "r2-pending")
        .whenItIs(1_000_000)
        .thenEvents("ReconfigurationFinished");
  }

  @Test
  void aDeadlineThatIsOverAtOnceAddsNothing() {
    serving()
        .when(alter().size("medium").waiting(within(0, OnTimeout.ROLLBACK)).build())
        .thenEvents("ReconfigurationStarted", "ReconfigurationTimedOut");
  }

  @Test
  void anotherAlterChangesTheTargetAndKeepsWhatFits() {
    resizing()
        .when(alter().size("large").build())
        .thenEvents(
            "ReconfigurationRetargeted",
            "-r1-pending",
            "-r2-pending",
            "+r1-pending large az1",
            "+r2-pending large az2")
        .thenNotices(retargeted(ReconfigurationTarget.of(managed("large", 2))))
        .when(alter().factor(3).build())
        .thenEvents("ReconfigurationRetargeted", "+r3-pending medium az3");
  }

  @Test
  void aNewTargetMayHaveHydratedAlready() {
    resizing()
        .hydrated("r1-pending")
        .when(alter().factor(1).build())
        .thenEvents("ReconfigurationRetargeted", "ReconfigurationFinished")
        .andSo()
        .whenItIs(9)
        .thenNothing();
  }

  @Test
  void whatIsRealizedIsHadBackByAskingForIt() {
    resizing()
        .when(alter().size("small").build())
        .thenEvents("ReconfigurationCancelled", "-r1-pending", "-r2-pending")
        .thenNotices(new Notice.ReconfigurationCancelled())
        .when(alter().size("small").factor(3).build())
        .thenEvents(
            "ReconfigurationCancelled",
            "ReplicationFactorChanged",
            "-r1-pending",
            "-r2-pending",
            "+r3 small az3");
  }

  @Test
  void askingForTheSameAgainChangesNothingButTheDeadlineWhereOneIsGiven() {
    resizing()
        .when(alter().size("medium").build())
        .thenNothing()
        .thenNotices()
        .when(alter().size("medium").waiting(within(7, OnTimeout.COMMIT)).build())
        .thenEvents("ReconfigurationRetargeted")
        .thenNotices(
            new Notice.ReconfigurationDeadlineChanged(Instant.ofEpochMilli(9), OnTimeout.COMMIT));
  }

  @Test
  void whatDoesNotConcernReplicasHappensAtOnce() {
    resizing()
        .when(alter().schedule(new Schedule.OnRefresh(Optional.empty())).build())
        .thenEvents("ScheduleChanged");
  }

  @Test
  void turningTheClusterOffEndsTheReconfiguration() {
    resizing()
        .when(alter().factor(0).build())
        .thenEvents(
            "ReconfigurationCancelled",
            "SizeChanged",
            "ReplicationFactorChanged",
            "-r1",
            "-r2",
            "-r1-pending",
            "-r2-pending");
  }

  @Test
  void whoDoesNotWaitAnyLongerCutsOverNow() {
    resizing()
        .hydrated("r1-pending")
        .when(alter().size("medium").now().build())
        .thenEvents("ReconfigurationFinished")
        .thenNotices();
    resizing()
        .when(alter().size("medium").now().build())
        .thenEvents("ReconfigurationFinished")
        .thenNotices(new Notice.ServingInterrupted(2))
        .when(alter().size("large").now().build())
        .thenEvents(
            "ReconfigurationCancelled",
            "SizeChanged",
            "-r1",
            "-r2",
            "-r1-pending",
            "-r2-pending",
            "+r1 large az1",
            "+r2 large az2")
        .thenNotices(new Notice.ServingInterrupted(2));
  }

  @Test
  void pendingReplicasDoNotCountAgainstTheLimit() {
    given(managed("small", 5))
        .when(alter().size("medium").build())
        .thenEvents(
            "ReconfigurationStarted",
            "+r1-pending medium az1",
            "+r2-pending medium az2",
            "+r3-pending medium az3",
            "+r4-pending medium az1",
            "+r5-pending medium az2")
        .when(alter().size("medium").factor(6).build())
        .thenRejected(new Rejection.TooManyReplicas(6, 5, 5));
  }

  @Test
  void aReleasedClusterKeepsWhatWasRealized() {
    var scenario =
        resizing()
            .when(alter().managed(false).build())
            .thenEvents(
                "ReconfigurationCancelled", "-r1-pending", "-r2-pending", "ConvertedToUnmanaged")
            .andSo();
    assertEquals(
        List.of("r1", "r2"), scenario.live().replicas().stream().map(Replica::name).toList());
  }

  @Test
  void aDroppedClusterTakesItsPendingReplicasAlong() {
    resizing()
        .when(new ClusterCommand.Drop())
        .thenEvents("-r1", "-r2", "-r1-pending", "-r2-pending", "ClusterDropped");
  }

  @Test
  void byItselfAPassMovesNothingBecauseOfItsZone() {
    ClusterRules oneZoneLeft = ClusterRules.of(Sizes.CATALOGUE, Zones.of(List.of("az9")), 5);
    resizing().underRules(oneZoneLeft).whenItIs(9).thenNothing();
  }

  @Test
  void aSizeThatLeftTheCatalogueDoesNotKeepACutOverBack() {
    ClusterRules without =
        ClusterRules.of(new SizeCatalogue(List.of()), Zones.of(List.of("az1", "az2", "az3")), 5);
    given(managed("small", 1))
        .and(alter().size("medium").build())
        .hydrated("r1-pending")
        .underRules(without)
        .whenItIs(9)
        .thenEvents("ReconfigurationFinished");
    serving()
        .and(alter().size("medium").waiting(within(1, OnTimeout.ROLLBACK)).build())
        .underRules(without)
        .whenItIs(9)
        .thenEvents("ReconfigurationTimedOut", "-r1-pending", "-r2-pending");
  }

  @Test
  void anUnmanagedClusterIsNobodysBusiness() {
    given(new dev.muster.journal.event.ClusterConfiguration.Unmanaged(), plan("x-pending", "small"))
        .whenItIs(9)
        .thenNothing();
    assertTrue(
        ClusterScenario.dropped(managed("small", 1)).whenItIs(9).decision().toString().length()
            > 0);
    ClusterScenario.absent().whenItIs(9).thenNothing();
  }

  @Test
  void theOutcomeOfATimeoutNamesTheTargetAndTheDeadline() {
    serving()
        .and(alter().size("medium").waiting(within(0, OnTimeout.COMMIT)).build())
        .whenItIs(9)
        .thenNothing();
    var timedOut =
        ((dev.muster.actors.decision.Decision.Accepted<?>)
                serving()
                    .when(alter().size("medium").waiting(within(0, OnTimeout.ROLLBACK)).build())
                    .decision())
            .events()
            .getLast();
    assertEquals(new ReconfigurationTimedOut(MEDIUM, Instant.ofEpochMilli(2)), timedOut);
  }
}

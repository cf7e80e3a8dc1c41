package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterScenario.given;
import static dev.muster.actors.cluster.Resizing.DAY_LATER;
import static dev.muster.actors.cluster.Resizing.resizing;
import static dev.muster.actors.cluster.Resizing.serving;
import static dev.muster.actors.cluster.Resizing.within;
import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.placement.Zones;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Notice;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.state.Replica;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What another statement does to a reconfiguration under way. */
class ReconfigurationAlteredTest {
  private static Notice retargeted(ReconfigurationTarget target) {
    return new Notice.ReconfigurationStarted(target, DAY_LATER, OnTimeout.ROLLBACK, true);
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
  void whatWasOnlyToComeWithTheCutOverAndIsTakenBackChangesTheTargetAlone() {
    serving()
        .and(alter().size("medium").scaling("large").build())
        .when(alter().resetScaling().build())
        .thenEvents("ReconfigurationRetargeted");
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
  void whoCutsOverNowToALostZoneIsToldOnceThatServingIsInterrupted() {
    given(managed("small", 1))
        .hydrated("r1")
        .and(alter().size("medium").build())
        .underRules(
            ClusterScenario.RULES.withFleet(
                new Zones(List.of("az1", "az2", "az3"), Set.of("az2", "az3")),
                Fleet.EMPTY
                    .with(HostLoad.idle("h2", "az2", new Resources(1_000_000_000L, 1L << 30)))
                    .with(HostLoad.idle("h3", "az3", new Resources(2_000_000_000L, 2L << 30))),
                Demand.NOMINAL))
        .when(alter().size("medium").now().build())
        .thenNotices(new Notice.ServingInterrupted(1));
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

  /**
   * As where the client sent it twice: the deadline is the same instant, and nothing has changed.
   */
  @Test
  void whatIsSaidTwiceAtTheSameMomentChangesNothingTwice() {
    serving()
        .and(alter().size("medium").waiting(within(7, OnTimeout.COMMIT)).build())
        .when(alter().size("medium").waiting(within(7, OnTimeout.COMMIT)).build())
        .thenNothing()
        .when(alter().size("medium").waiting(within(7, OnTimeout.ROLLBACK)).build())
        .thenEvents("ReconfigurationRetargeted");
  }
}

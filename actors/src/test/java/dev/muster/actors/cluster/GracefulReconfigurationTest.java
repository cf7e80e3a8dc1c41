package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterScenario.given;
import static dev.muster.actors.cluster.Resizing.DAY_LATER;
import static dev.muster.actors.cluster.Resizing.resizing;
import static dev.muster.actors.cluster.Resizing.serving;
import static dev.muster.actors.cluster.Resizing.within;
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
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPromotion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Replicas of another shape hydrate beside those that serve, and then replace them. */
class GracefulReconfigurationTest {
  private static final ReconfigurationTarget SMALL = ReconfigurationTarget.of(managed("small", 2));
  private static final ReconfigurationTarget MEDIUM =
      ReconfigurationTarget.of(managed("medium", 2));

  private static ReplicaId replica(long number) {
    return ReplicaId.of(ClusterId.user(1), number);
  }

  private static Notice started(ReconfigurationTarget target) {
    return new Notice.ReconfigurationStarted(target, DAY_LATER, OnTimeout.ROLLBACK, false);
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
  void aCommentStaysWithTheNameThroughTheCutOver() {
    Optional<String> mine = Optional.of("mine");
    var after =
        serving()
            .and(new ClusterCommand.CommentOn(Optional.of("r2"), mine))
            .and(alter().size("medium").build())
            .hydrated("r1-pending", "r2-pending")
            .whenItIs(5)
            .thenEvents("ReconfigurationFinished", "CommentChanged")
            .andSo();
    assertEquals(mine, after.live().replica("r2").orElseThrow().comment());
    assertEquals(Optional.empty(), after.live().replica("r1").orElseThrow().comment());
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

  /** What is in a zone that is lost serves no more, whatever was last heard of it. */
  @Test
  void nothingIsCutOverToInAZoneThatIsLost() {
    ClusterRules lost =
        ClusterRules.of(
            Sizes.CATALOGUE, new Zones(List.of("az1", "az2", "az3"), Set.of("az2", "az3")), 5);
    resizing()
        .hydrated("r1-pending", "r2-pending")
        .underRules(lost)
        .whenItIs(5)
        .thenEvents("-r1", "-r1-pending", "+r1 small az3", "+r1-pending medium az3");
  }
}

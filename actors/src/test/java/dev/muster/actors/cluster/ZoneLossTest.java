package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterScenario.given;
import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static dev.muster.actors.testing.Commands.plan;
import static dev.muster.actors.testing.Commands.planIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.reconcile.ZoneRepair;
import dev.muster.api.command.ClusterCommand;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaRenamed;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaWait;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A zone is lost, and comes back. */
class ZoneLossTest {
  private static final ClusterRules ALL = ClusterScenario.RULES;

  private static ClusterRules inService(String... zones) {
    return ALL.withFleet(
        new Zones(ALL.zones().configured(), Set.copyOf(Arrays.asList(zones))),
        Fleet.UNBOUNDED,
        Demand.NOMINAL);
  }

  private static ReplicaId replica(long number) {
    return ReplicaId.of(ClusterId.user(1), number);
  }

  /** A zone was lost and has come back: a successor of one replica hydrates in it. */
  private static ClusterScenario movingBack() {
    return given(managed("small", 3))
        .underRules(inService("az2", "az3"))
        .whenItIs(5)
        .andSo()
        .hydrated("r1", "r2", "r3")
        .underRules(ALL)
        .whenItIs(6)
        .andSo();
  }

  @Test
  void whatWasInTheZoneIsPlacedInThoseLeftAtOnce() {
    given(managed("small", 3))
        .hydrated("r1", "r2", "r3")
        .underRules(inService("az2", "az3"))
        .whenItIs(5)
        .thenEvents("-r1", "+r1 small az2")
        .andSo()
        .whenItIs(6)
        .thenNothing();
  }

  @Test
  void aCommentStaysWithTheNameOfAReplicaThatIsPlacedAnew() {
    Optional<String> mine = Optional.of("mine");
    var moved =
        given(managed("small", 3))
            .and(new ClusterCommand.CommentOn(Optional.of("r1"), mine))
            .hydrated("r1", "r2", "r3")
            .underRules(inService("az2", "az3"))
            .whenItIs(5)
            .thenEvents("-r1", "+r1 small az2", "CommentChanged")
            .andSo()
            .hydrated("r1");
    assertEquals(mine, moved.live().replica("r1").orElseThrow().comment());
    var back = moved.underRules(ALL).whenItIs(6).andSo().hydrated("r1-moving").whenItIs(7).andSo();
    assertEquals(replica(5), back.live().replica("r1").orElseThrow().id());
    assertEquals(mine, back.live().replica("r1").orElseThrow().comment());
  }

  @Test
  void bothTheDropAndTheAdditionSayWhy() {
    var scenario =
        given(managed("small", 1)).hydrated("r1").underRules(inService("az2")).whenItIs(5).andSo();
    assertEquals("az2", scenario.live().replicas().getFirst().zone());
    given(managed("small", 1))
        .underRules(inService("az2"))
        .whenItIs(5)
        .thenReasons(Reason.ZONE_REPAIR, Reason.ZONE_REPAIR);
  }

  @Test
  void whereNoZoneIsLeftReplicasStayToBeThereAgain() {
    given(managed("small", 2, "az1", "az2"))
        .hydrated("r1", "r2")
        .underRules(inService("az3"))
        .whenItIs(5)
        .thenNothing();
  }

  @Test
  void onlyPermittedZonesAreOnesToGoTo() {
    given(managed("small", 2, "az1", "az2"))
        .hydrated("r1", "r2")
        .underRules(inService("az2", "az3"))
        .whenItIs(5)
        .thenEvents("-r1", "+r1 small az2");
  }

  @Test
  void theZoneComesBackAndOneReplicaMovesOnceItsSuccessorServes() {
    given(managed("small", 3))
        .hydrated("r1", "r2", "r3")
        .underRules(inService("az2", "az3"))
        .whenItIs(5)
        .andSo()
        .hydrated("r1")
        .underRules(ALL)
        .whenItIs(6)
        .thenEvents("+r1-moving small az1")
        .andSo()
        .whenItIs(7)
        .thenNothing()
        .hydrated("r1-moving")
        .whenItIs(8)
        .then(
            new ReplicaDropped(replica(4), Reason.ZONE_REPAIR),
            new ReplicaRenamed(replica(5), "r1-moving", "r1"))
        .andSo()
        .whenItIs(9)
        .thenNothing();
  }

  /** A host in each zone, with room for so many small replicas more. */
  private static ClusterRules room(int az1, int az2, int az3) {
    Fleet fleet = Fleet.EMPTY.with(host("az1", az1)).with(host("az2", az2)).with(host("az3", az3));
    return ALL.withFleet(ALL.zones(), fleet, Demand.NOMINAL);
  }

  private static HostLoad host(String zone, int room) {
    return HostLoad.idle(
        "of-" + zone, zone, new Resources(room * 1_000_000_000L, (long) room << 30));
  }

  /** Its host is gone, and the other one of its zone refuses it. */
  private static ClusterScenario refusedInItsZone() {
    return given(managed("small", 3)).hydrated("r1", "r2", "r3").failed("r1").refused("r1");
  }

  @Test
  void whatIsDownAndHasNoRoomInItsZoneAnyMoreGoesToAnother() {
    var scenario = refusedInItsZone().underRules(room(0, 1, 1)).whenItIs(5);
    scenario
        .thenReasons(Reason.ZONE_REPAIR, Reason.ZONE_REPAIR)
        .thenEvents("-r1", "+r1 small az2")
        .andSo()
        .whenItIs(6)
        .thenNothing()
        .underRules(room(1, 0, 0))
        .whenItIs(7)
        .thenEvents("+r1-moving small az1");
  }

  @Test
  void whereNoZoneHasRoomItStaysToBeTriedAgain() {
    refusedInItsZone().underRules(room(0, 0, 0)).whenItIs(5).thenNothing();
  }

  @Test
  void whereItsZoneHasRoomOnAnotherHostItStays() {
    refusedInItsZone().underRules(room(1, 1, 1)).whenItIs(5).thenNothing();
  }

  @Test
  void whatNoHostHasRefusedAndWhatServesStays() {
    given(managed("small", 3))
        .hydrated("r1", "r2", "r3")
        .failed("r1")
        .refused("r2")
        .underRules(room(0, 0, 1))
        .whenItIs(5)
        .thenNothing();
  }

  @Test
  void whatIsRefusedGoesOnlyWhereItIsPermitted() {
    given(managed("small", 2, "az1", "az2"))
        .hydrated("r1", "r2")
        .failed("r1")
        .refused("r1")
        .underRules(room(0, 0, 2))
        .whenItIs(5)
        .thenNothing();
    given(new Unmanaged(), plan("x", "small"), planIn("y", "small", "az1"))
        .hydrated("x", "y")
        .failed("x")
        .failed("y")
        .refused("x")
        .refused("y")
        .underRules(room(0, 0, 0))
        .whenItIs(5)
        .thenNothing()
        .underRules(room(0, 0, 2))
        .whenItIs(6)
        .thenEvents("-x", "+x small az3");
  }

  @Test
  void whatCameBackAndIsLostAgainBeforeItServedIsGivenUp() {
    movingBack().underRules(inService("az2", "az3")).whenItIs(7).thenEvents("-r1-moving");
  }

  @Test
  void aSuccessorTakesOverAtOnceFromOneWhoseZoneIsLostMeanwhile() {
    movingBack()
        .underRules(inService("az1", "az3"))
        .whenItIs(7)
        .thenEvents("-r1", "ReplicaRenamed", "-r2", "+r2 small az1");
  }

  @Test
  void aFactorThatFallsMeanwhileGivesUpTheMove() {
    given(managed("small", 3))
        .underRules(inService("az2", "az3"))
        .whenItIs(5)
        .andSo()
        .underRules(ALL)
        .whenItIs(6)
        .andSo()
        .when(alter().factor(0).build())
        .thenEvents("ReplicationFactorChanged", "-r2", "-r3", "-r1", "-r1-moving");
  }

  @Test
  void manyMoveAsFarAsTheyMustAndNoFurther() {
    var scenario =
        given(managed("small", 5))
            .underRules(inService("az1"))
            .whenItIs(5)
            .andSo()
            .hydrated("r1", "r2", "r3", "r4", "r5")
            .underRules(ALL)
            .whenItIs(6)
            .andSo();
    // The newest ones: those that were placed anew when their zones were lost.
    assertEquals(
        Set.of("r2-moving", "r3-moving", "r5-moving"),
        scenario.live().replicas().stream()
            .filter(ZoneRepair::isMoving)
            .map(Replica::name)
            .collect(Collectors.toSet()));
    scenario.whenItIs(7).thenNothing();
  }

  @Test
  void aReplicaWhoseZoneItsUserChoseIsNeverMovedForEvenness() {
    given(new Unmanaged(), planIn("r1", "small", "az1"), planIn("r2", "small", "az1"))
        .when(alter().managed(true).build())
        .thenEvents("ConvertedToManaged");
  }

  @Test
  void whatIsTooLargeForAPromiseIsPlacedAnewAndNeverMovedBack() {
    given(managed("6400cc", 3))
        .underRules(inService("az2", "az3"))
        .whenItIs(5)
        .thenEvents("-r1", "+r1 6400cc az2")
        .andSo()
        .underRules(ALL)
        .whenItIs(6)
        .thenNothing();
  }

  @Test
  void aRepairWaitsForTheEndOfAReconfiguration() {
    given(managed("small", 3))
        .underRules(inService("az2", "az3"))
        .whenItIs(5)
        .andSo()
        .hydrated("r1", "r2", "r3")
        .and(alter().size("medium").build())
        .underRules(ALL)
        .whenItIs(6)
        .thenNothing();
  }

  @Test
  void pendingReplicasOfAReconfigurationAreReplacedToo() {
    given(managed("small", 1))
        .hydrated("r1")
        .and(alter().size("medium").build())
        .underRules(inService("az2", "az3"))
        .whenItIs(6)
        .thenEvents("-r1", "-r1-pending", "+r1 small az2", "+r1-pending medium az2");
  }

  @Test
  void anUnmanagedReplicaMovesWhereTheZoneWasMustersChoiceAndStaysWhereItWasTheUsers() {
    given(new Unmanaged(), plan("x", "small"), planIn("y", "small", "az1"))
        .hydrated("x", "y")
        .underRules(inService("az2", "az3"))
        .whenItIs(5)
        .thenEvents("-x", "+x small az2");
  }

  @Test
  void aReplicaAskedForInALostZoneWaitsAndIsPlacedWhenItIsBack() {
    var scenario =
        given(new Unmanaged())
            .underRules(inService("az2", "az3"))
            .and(
                new dev.muster.api.command.ClusterCommand.CreateReplica(
                    planIn("y", "small", "az1"), false));
    Replica waiting = scenario.live().replicas().getFirst();
    assertEquals(ReplicaWait.Kind.ZONE_LOST, waiting.waiting().orElseThrow().kind());
    scenario
        .whenItIs(5)
        .thenNothing()
        .underRules(ALL)
        .whenItIs(6)
        .thenEvents("ReplicaPlaced")
        .andSo();
    assertTrue(scenario.live().replicas().getFirst().waiting().isEmpty());
  }

  @Test
  void becomingUnmanagedEndsAMove() {
    given(managed("small", 2))
        .underRules(inService("az1"))
        .whenItIs(5)
        .andSo()
        .hydrated("r1", "r2")
        .underRules(ALL)
        .whenItIs(6)
        .andSo()
        .when(alter().managed(false).build())
        .thenEvents("-r2-moving", "ConvertedToUnmanaged");
  }

  /** The news of it came with the statement, which wants none in its zone. */
  @Test
  void aSuccessorThatAloneServesIsReplacedGracefullyToo() {
    ClusterState.Live live =
        movingBack()
            .hydrated("r1-moving")
            .failed("r1")
            .failed("r2")
            .failed("r3")
            .when(alter().zones("az2", "az3").build())
            .andSo()
            .live();
    assertTrue(live.reconfiguration().isPresent());
    assertTrue(live.replica("r1").filter(Replica::serves).isPresent());
  }

  /** The news of it came with the statement: there was no pass yet that had it take its place. */
  @Test
  void becomingUnmanagedLeavesTheSuccessorWhereOnlyThatServes() {
    movingBack()
        .hydrated("r1-moving")
        .failed("r1")
        .when(alter().managed(false).build())
        .thenEvents("-r1", "ReplicaRenamed", "ConvertedToUnmanaged");
  }
}

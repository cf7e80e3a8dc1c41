package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterScenario.given;
import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.actors.placement.Zones;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Notice;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.BurstEnd;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent.BurstCaughtUp;
import dev.muster.journal.event.ClusterEvent.BurstEnded;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.Reason;
import dev.muster.journal.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** While no steady replica serves, a larger one helps out. */
class HydrationBurstTest {
  private static final Notice STRATEGY_LOST =
      new Notice.OptionsGivenUp(List.of("AUTO SCALING STRATEGY"));

  private static Managed bursting(int factor, Duration linger) {
    return managed("small", factor)
        .withAutoScaling(Optional.of(new AutoScalingStrategy("large", Optional.of(linger))));
  }

  private static ClusterScenario hydrating() {
    return given(bursting(2, Duration.ofSeconds(5)));
  }

  private static ClusterScenario lingering() {
    return hydrating().hydrated("r2").whenItIs(1_000).andSo();
  }

  @Test
  void aClusterIsCreatedWithOneLargerReplicaMore() {
    ClusterScenario.absent()
        .when(new ClusterCommand.Create(bursting(2, Duration.ZERO), java.util.List.of()))
        .thenEvents(
            "ClusterCreated",
            "BurstStarted",
            "+r1 small az1",
            "+r2 small az2",
            "+r1-burst large az1");
    hydrating().whenItIs(10_000).thenNothing();
  }

  @Test
  void theReplicaThatHelpsOutIsThereForThatReason() {
    ClusterState.Live state = hydrating().live();
    assertEquals(3, state.replicas().size());
    var added =
        ((dev.muster.actors.decision.Decision.Accepted<?>)
                ClusterScenario.absent()
                    .when(
                        new ClusterCommand.Create(bursting(1, Duration.ZERO), java.util.List.of()))
                    .decision())
            .events()
            .getLast();
    assertEquals(Reason.HYDRATION_BURST, ((ReplicaAdded) added).reason());
  }

  @Test
  void onceASteadyReplicaServesItStaysForTheLingerDuration() {
    hydrating()
        .hydrated("r1-burst")
        .whenItIs(500)
        .thenNothing()
        .hydrated("r2")
        .whenItIs(1_000)
        .then(new BurstCaughtUp(Instant.ofEpochMilli(6_000)));
    lingering().whenItIs(5_999).thenNothing();
  }

  @Test
  void itGoesWhenTheLingerDurationIsOver() {
    ClusterScenario scenario = lingering();
    scenario
        .whenItIs(6_000)
        .then(
            new BurstEnded(BurstEnd.CAUGHT_UP),
            new ReplicaDropped(
                scenario.live().replica("r1-burst").orElseThrow().id(), Reason.HYDRATION_BURST))
        .andSo()
        .whenItIs(7_000)
        .thenNothing();
  }

  @Test
  void nobodyIsSentAwayBeforeTheOthersHaveBeenFoundAgain() {
    lingering().whenNobodyHasLookedAndItIs(6_000).thenNothing();
  }

  @Test
  void withoutALingerDurationTheDefaultCounts() {
    given(
            managed("small", 1)
                .withAutoScaling(Optional.of(new AutoScalingStrategy("large", Optional.empty()))))
        .hydrated("r1")
        .whenItIs(1_000)
        .then(new BurstCaughtUp(Instant.ofEpochMilli(61_000)));
  }

  @Test
  void aLingerDurationOfZeroEndsItAtOnce() {
    given(bursting(1, Duration.ZERO))
        .hydrated("r1")
        .whenItIs(1_000)
        .thenEvents("BurstEnded", "-r1-burst");
  }

  @Test
  void itGoesOnWhereTheSteadyReplicaFailsWhileItLingers() {
    lingering()
        .failed("r2")
        .whenItIs(9_000)
        .thenEvents("BurstResumed")
        .andSo()
        .hydrated("r1")
        .whenItIs(10_000)
        .then(new BurstCaughtUp(Instant.ofEpochMilli(15_000)));
  }

  @Test
  void aSteadyReplicaInALostZoneDoesNotEndIt() {
    ClusterRules rules = ClusterScenario.RULES;
    lingering()
        .hydrated("r1-burst")
        .underRules(
            rules.withFleet(
                new Zones(rules.zones().configured(), Set.of("az1", "az3")),
                rules.fleet(),
                rules.demand()))
        .whenItIs(6_000)
        .thenEvents("BurstResumed", "-r2", "+r2 small az3");
  }

  @Test
  void aFailureOfAllThatServeStartsAnother() {
    lingering()
        .whenItIs(6_000)
        .andSo()
        .failed("r2")
        .whenItIs(7_000)
        .thenEvents("BurstStarted", "+r1-burst large az1");
  }

  @Test
  void aClusterThatIsTurnedOffHasNone() {
    hydrating()
        .when(alter().factor(0).build())
        .thenEvents("ReplicationFactorChanged", "BurstEnded", "-r1", "-r2", "-r1-burst");
    given(bursting(0, Duration.ZERO))
        .whenItIs(1_000)
        .thenNothing()
        .when(alter().factor(1).build())
        .thenEvents(
            "ReplicationFactorChanged", "BurstStarted", "+r1 small az1", "+r1-burst large az1");
  }

  @Test
  void anotherHydrationSizeBeginsAnew() {
    hydrating()
        .when(alter().scaling("medium").build())
        .thenEvents(
            "AutoScalingChanged",
            "BurstEnded",
            "BurstStarted",
            "-r1-burst",
            "+r1-burst medium az1");
    lingering().when(alter().scaling("medium").build()).thenEvents("AutoScalingChanged");
  }

  @Test
  void withoutAStrategyItEndsUnlessItIsAllThatServes() {
    hydrating()
        .when(alter().resetScaling().build())
        .thenEvents("AutoScalingChanged", "BurstEnded", "-r1-burst");
    lingering()
        .when(alter().resetScaling().build())
        .thenEvents("AutoScalingChanged", "BurstEnded", "-r1-burst");
    hydrating()
        .hydrated("r1-burst")
        .and(alter().resetScaling().build())
        .whenItIs(1_000)
        .thenNothing()
        .hydrated("r1")
        .whenItIs(2_000)
        .thenEvents("BurstEnded", "-r1-burst");
  }

  @Test
  void aClusterThatServesBeginsNoneWhenItIsGivenAStrategy() {
    given(managed("small", 1))
        .hydrated("r1")
        .when(alter().scaling("large").build())
        .thenEvents("AutoScalingChanged");
  }

  /** It may be the only one that serves: only what has yet to serve goes to the new zones. */
  @Test
  void oneThatServesStaysWhereItIsWhenZonesChange() {
    given(bursting(1, Duration.ofSeconds(5)))
        .hydrated("r1-burst")
        .when(alter().zones("az3").build())
        .thenEvents("ReconfigurationStarted", "+r1-pending small az3")
        .andSo()
        .when(alter().zones("az3").now().build())
        .thenEvents("ReconfigurationFinished");
  }

  @Test
  void oneThatDoesNotServeYetGoesAlong() {
    given(bursting(1, Duration.ofSeconds(5)))
        .when(alter().zones("az3").now().build())
        .thenEvents(
            "AvailabilityZonesChanged", "-r1", "-r1-burst", "+r1 small az3", "+r1-burst large az3");
  }

  @Test
  void aResizeLeavesItAloneAndCountsOnceItIsRealized() {
    hydrating()
        .when(alter().size("medium").build())
        .thenEvents("ReconfigurationStarted", "+r1-pending medium az1", "+r2-pending medium az2")
        .andSo()
        .hydrated("r1-burst", "r1-pending")
        .whenItIs(2_000)
        .thenNothing()
        .hydrated("r2-pending")
        .whenItIs(3_000)
        .thenEvents("ReconfigurationFinished", "BurstCaughtUp");
  }

  @Test
  void anImmediateResizeOfWhatServesIsHelpedOutWith() {
    given(bursting(1, Duration.ZERO))
        .hydrated("r1")
        .whenItIs(1_000)
        .andSo()
        .when(alter().size("medium").now().build())
        .thenEvents("SizeChanged", "-r1", "+r1 medium az1")
        .andSo()
        .whenItIs(2_000)
        .thenEvents("BurstStarted", "+r1-burst large az1");
  }

  @Test
  void aClusterReleasedKeepsItOnlyWhereItIsAllThatServes() {
    lingering()
        .when(alter().managed(false).build())
        .thenEvents("BurstEnded", "-r1-burst", "ConvertedToUnmanaged")
        .thenNotices(STRATEGY_LOST);
    hydrating()
        .hydrated("r1-burst")
        .when(alter().managed(false).build())
        .thenEvents("BurstEnded", "ConvertedToUnmanaged")
        .thenNotices(new Notice.BurstReplicaStays("r1-burst"), STRATEGY_LOST);
  }

  @Test
  void aDropTakesItAlong() {
    hydrating()
        .when(new ClusterCommand.Drop())
        .thenEvents("-r1", "-r2", "-r1-burst", "ClusterDropped");
  }
}

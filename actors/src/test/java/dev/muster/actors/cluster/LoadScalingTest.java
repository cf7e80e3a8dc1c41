package dev.muster.actors.cluster;

import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.reconcile.LoadHistory;
import dev.muster.actors.reconcile.LoadSettings;
import dev.muster.actors.testing.Sizes;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationStarted;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ScalingDecided;
import dev.muster.journal.event.LoadFigures;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ScalingCause;
import dev.muster.journal.event.SizeRange;
import dev.muster.journal.event.Utilization;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The size follows the load, between two bounds. */
class LoadScalingTest {
  private static final ClusterRules RULES =
      ClusterRules.of(Sizes.GRADED, Zones.of(List.of("az1", "az2", "az3")), 5);
  private static final LoadSettings SETTINGS = LoadSettings.DEFAULT;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Long after everything that the scenario did before. */
  private static final long LATER = Duration.ofHours(1).toMillis();

  private static Managed between(String min, String max, int factor) {
    return managed(min, factor).withSizeRange(Optional.of(new SizeRange(min, max)));
  }

  private static ClusterScenario serving(Managed configuration) {
    ClusterScenario scenario =
        ClusterScenario.absent()
            .underRules(RULES)
            .and(new dev.muster.api.command.ClusterCommand.Create(configuration, List.of()));
    for (int number = 1; number <= configuration.replicationFactor(); number++) {
      scenario.hydrated("r" + number);
    }
    return scenario;
  }

  private static ClusterScenario serving() {
    return serving(between("small", "xlarge", 2));
  }

  /** All steady replicas have been this busy for a span of time until an instant. */
  private static LoadHistory load(
      ClusterScenario scenario, double cpu, double memory, Duration span, long untilMillis) {
    LoadHistory history = LoadHistory.NONE;
    for (Replica replica : scenario.live().replicas()) {
      history = load(history, replica.id(), cpu, memory, span, untilMillis);
    }
    return history;
  }

  private static LoadHistory load(
      LoadHistory before,
      ReplicaId id,
      double cpu,
      double memory,
      Duration span,
      long untilMillis) {
    LoadHistory history = before;
    Instant until = Instant.ofEpochMilli(untilMillis);
    for (Instant at = until.minus(span); !at.isAfter(until); at = at.plusSeconds(15)) {
      history = history.with(id, new Utilization(at, cpu, memory), at, SETTINGS);
    }
    return history;
  }

  private static ClusterScenario at(ClusterScenario scenario, double cpu, double memory) {
    return scenario
        .loaded(load(scenario, cpu, memory, Duration.ofMinutes(40), LATER))
        .whenItIs(LATER);
  }

  private static ScalingDecided decided(ClusterScenario scenario) {
    Decision.Accepted<ClusterEvent> accepted =
        (Decision.Accepted<ClusterEvent>) scenario.decision();
    return assertInstanceOf(ScalingDecided.class, accepted.events().getFirst());
  }

  @Test
  void itBeginsAtTheSmallestSize() {
    assertEquals("small", serving().live().managed().orElseThrow().size());
  }

  @Test
  void aBusyClusterGrowsToTheSmallestSizeWithRoomByAReconfiguration() {
    at(serving(), 0.95, 0.3)
        .thenEvents(
            "ScalingDecided",
            "ReconfigurationStarted",
            "+r1-pending medium az1",
            "+r2-pending medium az2");
    assertEquals("large", decided(at(serving(), 2.0, 0.3)).toSize());
    assertEquals("xlarge", decided(at(serving(), 60.0, 0.3)).toSize());
  }

  @Test
  void theDecisionCarriesItsFiguresAndTheReconfigurationItsDeadline() {
    Decision.Accepted<ClusterEvent> accepted =
        (Decision.Accepted<ClusterEvent>) at(serving(), 0.3, 0.91).decision();
    assertEquals(
        new ScalingDecided(
            "small",
            "medium",
            ScalingCause.MEMORY_HIGH,
            new LoadFigures(Duration.ofMinutes(2), 2, 30, 91)),
        accepted.events().get(0));
    assertEquals(
        new ReconfigurationStarted(
            ReconfigurationTarget.of(managed("small", 2)),
            ReconfigurationTarget.of(managed("medium", 2)),
            Instant.ofEpochMilli(LATER).plus(Duration.ofHours(1)),
            OnTimeout.ROLLBACK,
            "mz_system"),
        accepted.events().get(1));
    assertEquals(Reason.LOAD, ((ReplicaAdded) accepted.events().get(2)).reason());
  }

  @Test
  void theBusiestReplicaCounts() {
    ClusterScenario scenario = serving();
    LoadHistory one =
        load(
            LoadHistory.NONE,
            scenario.live().replicas().getLast().id(),
            0.9,
            0.2,
            Duration.ofMinutes(5),
            LATER);
    ScalingDecided decided = decided(scenario.loaded(one).whenItIs(LATER));
    assertEquals(new LoadFigures(Duration.ofMinutes(2), 1, 90, 20), decided.figures());
  }

  @Test
  void aMomentIsNoLoad() {
    ClusterScenario scenario = serving();
    scenario
        .loaded(load(scenario, 1.0, 1.0, Duration.ofSeconds(105), LATER))
        .whenItIs(LATER)
        .thenNothing();
    scenario
        .loaded(load(scenario, 1.0, 1.0, Duration.ofMinutes(40), LATER - 70_000))
        .whenItIs(LATER)
        .thenNothing();
  }

  @Test
  void betweenRoomAndScarcityItStays() {
    at(serving(between("small", "xlarge", 2)), 0.79, 0.79).thenNothing();
    ClusterScenario medium = serving().and(alter().size("medium").now().build());
    medium.hydrated("r1", "r2");
    at(medium, 0.31, 0.2).thenNothing();
  }

  @Test
  void anIdleClusterShrinksByOneSize() {
    ClusterScenario large = serving().and(alter().size("large").now().build());
    large.hydrated("r1", "r2");
    at(large, 0.02, 0.02)
        .thenEvents(
            "ScalingDecided",
            "ReconfigurationStarted",
            "+r1-pending medium az1",
            "+r2-pending medium az2");
    assertEquals(ScalingCause.LOAD_LOW, decided(large).cause());
    assertEquals(Duration.ofMinutes(30), decided(large).figures().window());
  }

  @Test
  void itShrinksOnlyWhenAllReplicasHaveBeenIdleAllTheTime() {
    ClusterScenario large = serving().and(alter().size("large").now().build());
    large.hydrated("r1", "r2");
    ReplicaId first = large.live().replicas().getFirst().id();
    large
        .loaded(load(LoadHistory.NONE, first, 0.0, 0.0, Duration.ofMinutes(40), LATER))
        .whenItIs(LATER)
        .thenNothing();
    LoadHistory idle = load(large, 0.0, 0.0, Duration.ofMinutes(29), LATER);
    large.loaded(idle).whenItIs(LATER).thenNothing();
    LoadHistory peak =
        load(large, 0.0, 0.0, Duration.ofMinutes(20), LATER - Duration.ofMinutes(20).toMillis());
    peak = load(peak, first, 0.7, 0.0, MINUTE, LATER - Duration.ofMinutes(18).toMillis());
    for (Replica replica : large.live().replicas()) {
      peak = load(peak, replica.id(), 0.0, 0.0, Duration.ofMinutes(16), LATER);
    }
    large.loaded(peak).whenItIs(LATER).thenNothing();
    large.failed("r2");
    at(large, 0.0, 0.0).thenNothing();
  }

  @Test
  void itNeverLeavesItsRange() {
    at(serving(), 0.0, 0.0).thenNothing();
    ClusterScenario top = serving().and(alter().size("xlarge").now().build());
    top.hydrated("r1", "r2");
    at(top, 5.0, 1.0).thenNothing();
  }

  @Test
  void outOfMemoryCallsForTheNextSizeAndIsRemembered() {
    ClusterScenario scenario = serving();
    Replica first = scenario.live().replicas().getFirst();
    scenario.and(
        new ClusterEvent.ReplicaFailed(
            first.id(),
            1,
            new ReplicaFailure(ReplicaFailure.Kind.OOM_KILLED, Optional.empty()),
            1));
    scenario.whenItIs(LATER);
    assertEquals(ScalingCause.OUT_OF_MEMORY, decided(scenario).cause());
    assertEquals("medium", decided(scenario).toSize());
    scenario.andSo().hydrated("r1-pending", "r2-pending").whenItIs(LATER).andSo();
    long muchLater = 2 * LATER;
    scenario.loaded(load(scenario, 0.0, 0.0, Duration.ofMinutes(40), muchLater));
    scenario.whenItIs(muchLater).thenNothing();
    long nextDay = Duration.ofHours(26).toMillis();
    scenario.loaded(load(scenario, 0.0, 0.0, Duration.ofMinutes(40), nextDay));
    assertEquals("small", decided(scenario.whenItIs(nextDay)).toSize());
  }

  @Test
  void aSizeThatCouldNotBeMovedToIsNotShrunkToAgainSoon() {
    ClusterScenario large = serving().and(alter().size("large").now().build());
    large.hydrated("r1", "r2");
    at(large, 0.0, 0.0).andSo();
    long timedOut = LATER + Duration.ofHours(1).toMillis();
    large.whenItIs(timedOut).thenEvents("ReconfigurationTimedOut", "-r1-pending", "-r2-pending");
    // The scenario's own events all happen at 2 ms.
    large.andSo();
    long nextHour = Duration.ofHours(3).toMillis();
    large.loaded(load(large, 0.0, 0.0, Duration.ofMinutes(40), nextHour));
    large.whenItIs(nextHour).thenNothing();
  }

  @Test
  void afterAMoveItRests() {
    ClusterScenario scenario = serving();
    at(scenario, 0.95, 0.3).andSo().hydrated("r1-pending", "r2-pending").whenItIs(LATER).andSo();
    long coolDown = SETTINGS.coolDown().toMillis();
    long end = scenario.live().latestReconfiguration().orElseThrow().since().epochMillis();
    LoadHistory busy = load(scenario, 0.95, 0.3, Duration.ofMinutes(9), end + coolDown - 1);
    scenario.loaded(busy).whenItIs(end + coolDown - 1).thenNothing();
    LoadHistory still = load(scenario, 0.95, 0.3, Duration.ofMinutes(9), end + coolDown);
    scenario.loaded(still).whenItIs(end + coolDown);
    assertEquals("large", decided(scenario).toSize());
  }

  @Test
  void nothingIsDecidedDuringAReconfigurationOrABurstOrAStatement() {
    ClusterScenario resizing = serving().and(alter().size("medium").build());
    at(resizing, 0.95, 0.3).thenNothing();
    ClusterScenario bursting =
        serving(
            between("small", "xlarge", 1)
                .withAutoScaling(
                    Optional.of(new AutoScalingStrategy("6400cc", Optional.of(MINUTE)))));
    at(bursting, 0.95, 0.3).thenEvents("BurstCaughtUp");
    serving()
        .when(alter().factor(3).build())
        .thenEvents("ReplicationFactorChanged", "+r3 small az3");
  }

  @Test
  void aClusterThatIsOffOrOfOneSizeIsLeftAlone() {
    at(serving(managed("small", 1)), 5.0, 1.0).thenNothing();
    at(serving(between("small", "xlarge", 0)), 5.0, 1.0).thenNothing();
  }

  @Test
  void aSizeOutsideOfTheRangeIsMovedIntoIt() {
    ClusterScenario scenario =
        serving(managed("small", 1))
            .and(
                new ClusterEvent.SizeRangeChanged(
                    Optional.empty(), Optional.of(new SizeRange("large", "xlarge"))));
    scenario.whenItIs(LATER);
    assertEquals(
        new ScalingDecided("small", "large", ScalingCause.OUT_OF_RANGE, LoadFigures.NONE),
        decided(scenario));
  }

  @Test
  void settingsThatWouldMoveAClusterToAndFroAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoadSettings(80, 60, 60, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoadSettings(80, 80, 60, MINUTE, Duration.ZERO, MINUTE, MINUTE, MINUTE));
  }
}

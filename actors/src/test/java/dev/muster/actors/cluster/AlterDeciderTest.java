package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterScenario.given;
import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static dev.muster.actors.testing.Commands.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.actors.placement.Zones;
import dev.muster.actors.testing.Commands.AlterBuilder;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ClusterEvent.AvailabilityZonesChanged;
import dev.muster.journal.event.ClusterEvent.ReplicationFactorChanged;
import dev.muster.journal.event.ClusterEvent.ScheduleChanged;
import dev.muster.journal.event.ClusterEvent.SizeChanged;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** ALTER CLUSTER ... SET / RESET of a managed cluster, and options of an unmanaged one. */
class AlterDeciderTest {
  private static final ReplicaSettings SILENT =
      new ReplicaSettings(Optional.empty(), false, Optional.empty(), Optional.empty());
  private static final ReplicaSettings DEBUGGED =
      new ReplicaSettings(
          Optional.of(Duration.ofSeconds(1)), true, Optional.empty(), Optional.empty());

  /** As versions before the rule accepted it. */
  private static final ReplicaSettings DEBUGGED_IN_SILENCE =
      new ReplicaSettings(Optional.empty(), true, Optional.empty(), Optional.empty());

  @Test
  void moreReplicasAreTheMissingNames() {
    given(managed("small", 1))
        .when(alter().factor(3).build())
        .thenEvents("ReplicationFactorChanged", "+r2 small az2", "+r3 small az3")
        .thenNotices();
  }

  @Test
  void fewerReplicasDropTheHighestNames() {
    given(managed("small", 3))
        .when(alter().factor(1).build())
        .thenEvents("ReplicationFactorChanged", "-r2", "-r3")
        .thenNotices();
  }

  @Test
  void factorZeroTurnsTheClusterOff() {
    given(managed("small", 2))
        .when(alter().factor(0).build())
        .thenEvents("ReplicationFactorChanged", "-r1", "-r2")
        .thenNotices();
  }

  @Test
  void anImmediateResizeDropsAllAndRecreatesThemByName() {
    given(managed("small", 2))
        .when(alter().size("medium").now().build())
        .thenEvents("SizeChanged", "-r1", "-r2", "+r1 medium az1", "+r2 medium az2")
        .thenNotices(new Notice.ServingInterrupted(2));
  }

  @Test
  void sizeAndFactorChangeTogether() {
    given(managed("small", 1))
        .when(alter().size("medium").factor(2).now().build())
        .thenEvents(
            "SizeChanged", "ReplicationFactorChanged", "-r1", "+r1 medium az1", "+r2 medium az2")
        .thenNotices(new Notice.ServingInterrupted(1));
  }

  @Test
  void debuggingNeedsAnInterval() {
    Rejection refused = new Rejection.DebuggingWithoutInterval();
    given(managed("small", 0))
        .when(alter().debugging(true).interval(Optional.empty()).build())
        .thenRejected(refused)
        .when(alter().debugging(true).build())
        .thenEvents("SettingsChanged");
    given(managed("small", 0).withSettings(SILENT))
        .when(alter().debugging(true).build())
        .thenRejected(refused)
        .when(alter().debugging(true).resetInterval().build())
        .thenEvents("SettingsChanged");
    given(managed("small", 0).withSettings(DEBUGGED_IN_SILENCE))
        .when(alter().disk(true).build())
        .thenEvents("SettingsChanged")
        .when(alter().debugging(false).build())
        .thenEvents("SettingsChanged");
  }

  @Test
  void noIntervalIsTakenFromDebugging() {
    given(managed("small", 0).withSettings(DEBUGGED))
        .when(alter().interval(Optional.empty()).build())
        .thenRejected(new Rejection.DebuggingWithoutInterval())
        .when(alter().interval(Optional.empty()).debugging(false).build())
        .thenEvents("SettingsChanged");
  }

  @Test
  void aScheduleLeavesNoFactorToGive() {
    given(managed("small", 0).withSchedule(new Schedule.OnRefresh(Optional.empty())))
        .when(alter().factor(2).build())
        .thenRejected(new Rejection.FactorWithSchedule())
        .when(alter().resetFactor().build())
        .thenRejected(new Rejection.FactorWithSchedule())
        .when(alter().factor(2).schedule(new Schedule.Manual()).build())
        .thenEvents(
            "ReplicationFactorChanged", "ScheduleChanged", "+r1 small az1", "+r2 small az2");
  }

  @Test
  void aResizeOfAClusterThatIsOffInterruptsNothing() {
    given(managed("small", 0))
        .when(alter().size("medium").build())
        .then(new SizeChanged("small", "medium"))
        .thenNotices();
  }

  @Test
  void whatIsSoAlreadyIsNoChange() {
    given(managed("small", 2, "az1"))
        .when(alter().size("small").factor(2).zones("az1").managed(true).build())
        .thenNothing()
        .thenNotices()
        .when(alter().build())
        .thenNothing();
  }

  @Test
  void resetGoesBackToTheDefaults() {
    given(managed("small", 3, "az1"))
        .when(alter().resetFactor().build())
        .thenEvents("ReplicationFactorChanged", "-r2", "-r3")
        .when(alter().resetZones().now().build())
        .thenEvents("AvailabilityZonesChanged", "+r3-moving small az2", "+r2-moving small az3")
        .when(alter().resetInterval().resetDisk().resetScaling().build())
        .thenNothing();
  }

  @Test
  void sizeHasNoDefault() {
    given(managed("small", 1))
        .when(alter().resetSize().build())
        .thenRejected(new Rejection.NoDefault("SIZE"));
  }

  @Test
  void changesAreValidated() {
    given(managed("small", 2))
        .when(alter().size("huge").build())
        .thenRejected(new Rejection.SizeUnknown("huge"))
        .when(alter().zones("az1", "az9").build())
        .thenRejected(new Rejection.ZoneUnknown("az9"))
        .when(alter().zones("az1", "az2", "az1").build())
        .thenRejected(new Rejection.ZoneRepeated("az1"))
        .when(alter().factor(99).build())
        .thenRejected(new Rejection.TooManyReplicas(99, 5, 2))
        .when(alter().scaling("huge").build())
        .thenRejected(new Rejection.SizeUnknown("huge"))
        .when(alter().scaling("small").build())
        .thenRejected(new Rejection.HydrationSizeEqualsSize("small"))
        .when(alter().scaling("large").schedule(new Schedule.OnRefresh(Optional.empty())).build())
        .thenRejected(new Rejection.AutoScalingWithSchedule());
  }

  @Test
  void aResizeToTheHydrationSizeIsRefused() {
    given(managed("small", 1))
        .and(alter().scaling("large").build())
        .when(alter().size("large").build())
        .thenRejected(new Rejection.HydrationSizeEqualsSize("large"));
  }

  @Test
  void theLimitStopsOnlyWhoAsksForMore() {
    ClusterRules stricter =
        ClusterRules.of(Sizes.CATALOGUE, Zones.of(List.of("az1", "az2", "az3")), 2);
    given(managed("small", 4))
        .underRules(stricter)
        .when(alter().factor(3).build())
        .thenEvents("ReplicationFactorChanged", "-r4")
        .when(alter().size("medium").factor(5).build())
        .thenRejected(new Rejection.TooManyReplicas(5, 2, 4));
  }

  @Test
  void changedZonesReplaceOnlyWhatNoLongerFits() {
    given(managed("small", 3))
        .when(alter().zones("az1", "az2").now().build())
        .thenEvents("AvailabilityZonesChanged", "-r3", "+r3 small az1")
        .thenNotices();
  }

  @Test
  void widerZonesRestoreTheSpreadWithAsFewMovesAsItTakes() {
    given(managed("small", 3, "az1", "az2"))
        .when(alter().resetZones().now().build())
        .thenEvents("AvailabilityZonesChanged", "+r3-moving small az3");
    given(managed("small", 2, "az1", "az2"))
        .when(alter().resetZones().factor(3).build())
        .thenEvents("ReplicationFactorChanged", "AvailabilityZonesChanged", "+r3 small az3");
  }

  @Test
  void zonesThatChangeNothingForTheReplicasMoveNone() {
    given(managed("small", 1))
        .when(alter().zones("az1", "az2").build())
        .then(new AvailabilityZonesChanged(List.of(), List.of("az1", "az2")));
  }

  @Test
  void changedSettingsRecreateTheReplicas() {
    given(managed("small", 2))
        .when(alter().debugging(true).now().build())
        .thenEvents("SettingsChanged", "-r1", "-r2", "+r1 small az1", "+r2 small az2")
        .thenNotices(new Notice.ServingInterrupted(2));
  }

  @Test
  void aScheduleAndAStrategyLeaveReplicasThatServeAlone() {
    given(managed("small", 2))
        .hydrated("r1")
        .when(alter().scaling("large").build())
        .thenEvents("AutoScalingChanged")
        .when(alter().schedule(new Schedule.OnRefresh(Optional.empty())).build())
        .then(new ScheduleChanged(new Schedule.Manual(), new Schedule.OnRefresh(Optional.empty())));
  }

  @Test
  void aBurstThatIsNoLargerGetsANoticeWhenEitherSizeChanges() {
    given(managed("small", 0))
        .when(alter().scaling("large").build())
        .thenNotices()
        .and(alter().scaling("large").build())
        .when(alter().size("6400cc").build())
        .thenNotices(
            new Notice.ZoneSpreadNotGuaranteed("6400cc"),
            new Notice.HydrationSizeNotLarger("large", "6400cc"))
        .when(alter().scaling("25cc").build())
        .thenNotices(new Notice.HydrationSizeNotLarger("25cc", "small"));
  }

  @Test
  void aboveTheLargestSpreadSizeANoticeSaysSo() {
    Notice best = new Notice.ZoneSpreadNotGuaranteed("6400cc");
    given(managed("small", 0))
        .when(alter().size("6400cc").build())
        .thenNotices(best)
        .and(alter().size("6400cc").build())
        .when(alter().factor(1).build())
        .thenNotices(best)
        .when(alter().zones("az1").build())
        .thenNotices(best)
        .when(alter().debugging(true).build())
        .thenNotices();
  }

  @Test
  void optionsOfUnmanagedClustersAreRejectedByTheirOwnNames() {
    Map<String, AlterBuilder> options = new LinkedHashMap<>();
    options.put("SIZE", alter().size("medium"));
    options.put("REPLICATION FACTOR", alter().factor(2));
    options.put("AVAILABILITY ZONES", alter().zones("az1"));
    options.put("INTROSPECTION INTERVAL", alter().interval(Optional.of(Duration.ofSeconds(2))));
    options.put("INTROSPECTION DEBUGGING", alter().debugging(true));
    options.put("IDLE ARRANGEMENT MERGE EFFORT", alter().effort(3));
    options.put("DISK", alter().disk(true));
    options.put("SCHEDULE", alter().schedule(new Schedule.Manual()));
    options.put("AUTO SCALING STRATEGY", alter().scaling("large"));
    options.forEach(
        (option, alter) -> {
          Rejection rejection = new Rejection.OptionNeedsManaged(option);
          given(new Unmanaged(), plan("x", "small"))
              .when(alter.build())
              .thenRejected(rejection)
              .when(alter.managed(false).build())
              .thenRejected(rejection);
        });
    given(new Unmanaged())
        .when(alter().resetFactor().build())
        .thenRejected(new Rejection.OptionNeedsManaged("REPLICATION FACTOR"));
  }

  @Test
  void aSizeThatWasTakenFromTheCatalogueStopsOnlyNewReplicas() {
    ClusterRules without =
        ClusterRules.of(
            new dev.muster.api.size.SizeCatalogue(List.of()),
            Zones.of(List.of("az1", "az2", "az3")),
            5);
    given(managed("small", 2))
        .underRules(without)
        .when(alter().factor(1).build())
        .thenEvents("ReplicationFactorChanged", "-r2")
        .when(alter().factor(3).build())
        .thenRejected(new Rejection.SizeUnknown("small"));
  }

  @Test
  void theFactorsInTheEventAreTheOldAndTheNew() {
    var scenario = given(managed("small", 0));
    scenario
        .and(alter().factor(1).build())
        .when(alter().factor(0).build())
        .thenEvents("ReplicationFactorChanged", "-r1");
    assertEquals(1, scenario.live().managed().orElseThrow().replicationFactor());
    given(managed("small", 0))
        .and(new ReplicationFactorChanged(0, 0))
        .when(alter().factor(0).build())
        .thenNothing();
  }
}

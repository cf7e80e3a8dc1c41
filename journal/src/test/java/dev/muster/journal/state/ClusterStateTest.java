package dev.muster.journal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.AutoScalingChanged;
import dev.muster.journal.event.ClusterEvent.AvailabilityZonesChanged;
import dev.muster.journal.event.ClusterEvent.BurstStarted;
import dev.muster.journal.event.ClusterEvent.ClusterCreated;
import dev.muster.journal.event.ClusterEvent.ClusterDropped;
import dev.muster.journal.event.ClusterEvent.CommentChanged;
import dev.muster.journal.event.ClusterEvent.ConvertedToManaged;
import dev.muster.journal.event.ClusterEvent.ConvertedToUnmanaged;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaPlaced;
import dev.muster.journal.event.ClusterEvent.ReplicaRenamed;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterEvent.ReplicaWaiting;
import dev.muster.journal.event.ClusterEvent.ReplicationFactorChanged;
import dev.muster.journal.event.ClusterEvent.ScheduleChanged;
import dev.muster.journal.event.ClusterEvent.SettingsChanged;
import dev.muster.journal.event.ClusterEvent.SizeChanged;
import dev.muster.journal.event.ClusterEvent.SizeRangeChanged;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.ReplicaWait;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.event.SizeRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterStateTest {
  private static final ClusterId ID = ClusterId.user(7);
  private static final Managed MANAGED =
      new Managed(
          "25cc",
          2,
          List.of(),
          ReplicaSettings.DEFAULT,
          new Schedule.Manual(),
          Optional.empty(),
          Optional.empty());
  private static final ReplicaFailure FAILURE =
      new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.of("exit code 1"));

  private static ReplicaId replica(long number) {
    return ReplicaId.of(ID, number);
  }

  private static ReplicaAdded added(long number) {
    return new ReplicaAdded(
        replica(number),
        "r" + number,
        "25cc",
        BigDecimal.ONE,
        "az1",
        false,
        ReplicaSettings.DEFAULT,
        false,
        Optional.empty(),
        Reason.MANUAL);
  }

  private static ReplicaStarted started(long number, long incarnation) {
    return new ReplicaStarted(replica(number), incarnation, "host-1", 99);
  }

  private static ReplicaHydrated hydrated(long number, long incarnation) {
    return new ReplicaHydrated(replica(number), incarnation, Duration.ofSeconds(1), 1, 2, 3);
  }

  private static ReplicaProgress online(HybridTime since, long incarnation, int failures) {
    return new ReplicaProgress.Online(since, incarnation, "host-1", 99, failures, Optional.empty());
  }

  /** The time of the event with this number, the first being 1. */
  private static HybridTime at(int number) {
    return new HybridTime(number);
  }

  private static ClusterState given(ClusterEvent... events) {
    ClusterState state = new ClusterState.Absent();
    for (int index = 0; index < events.length; index++) {
      state = state.evolve(at(index + 1), events[index]);
    }
    return state;
  }

  private static ClusterState.Live live(ClusterEvent... events) {
    return assertInstanceOf(ClusterState.Live.class, given(events));
  }

  private static ClusterState.Live managed(ClusterEvent... later) {
    return live(prepended(new ClusterCreated(ID, MANAGED), later));
  }

  private static ClusterEvent[] prepended(ClusterEvent first, ClusterEvent... later) {
    List<ClusterEvent> all = new ArrayList<>(List.of(first));
    all.addAll(Arrays.asList(later));
    return all.toArray(ClusterEvent[]::new);
  }

  private static void impossible(ClusterState state, ClusterEvent event) {
    var impossible =
        assertThrows(ImpossibleEventException.class, () -> state.evolve(at(99), event));
    assertFalse(impossible.getMessage().contains(state.toString()), impossible.getMessage());
    assertTrue(impossible.getCause().getMessage().endsWith(" in " + state));
  }

  private static ReplicaProgress progress(ClusterEvent... afterAdded) {
    List<ClusterEvent> events = new ArrayList<>(List.of(added(1)));
    events.addAll(Arrays.asList(afterAdded));
    return managed(events.toArray(ClusterEvent[]::new)).replicas().getFirst().progress();
  }

  @Test
  void aClusterBeginsWithoutReplicas() {
    assertEquals(
        new ClusterState.Live(
            ID,
            at(1),
            MANAGED,
            List.of(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        given(new ClusterCreated(ID, MANAGED)));
  }

  @Test
  void eachPartOfTheConfigurationChangesAlone() {
    var settings = new ReplicaSettings(Optional.empty(), true, Optional.of(1), Optional.of(true));
    var schedule = new Schedule.OnRefresh(Optional.empty());
    var scaling = Optional.of(new AutoScalingStrategy("50cc", Optional.empty()));
    assertEquals(
        MANAGED.withSize("50cc"), managed(new SizeChanged("25cc", "50cc")).configuration());
    assertEquals(
        MANAGED.withReplicationFactor(5),
        managed(new ReplicationFactorChanged(2, 5)).configuration());
    assertEquals(
        MANAGED.withAvailabilityZones(List.of("az2")),
        managed(new AvailabilityZonesChanged(List.of(), List.of("az2"))).configuration());
    assertEquals(
        MANAGED.withSettings(settings),
        managed(new SettingsChanged(ReplicaSettings.DEFAULT, settings)).configuration());
    assertEquals(
        MANAGED.withSchedule(schedule),
        managed(new ScheduleChanged(new Schedule.Manual(), schedule)).configuration());
    assertEquals(
        MANAGED.withAutoScaling(scaling),
        managed(new AutoScalingChanged(Optional.empty(), scaling)).configuration());
    var range = Optional.of(new SizeRange("25cc", "100cc"));
    assertEquals(
        MANAGED.withSizeRange(range),
        managed(new SizeRangeChanged(Optional.empty(), range)).configuration());
  }

  @Test
  void aConversionKeepsTheReplicas() {
    var unmanaged = managed(added(1), new ConvertedToUnmanaged());
    assertEquals(new Unmanaged(), unmanaged.configuration());
    assertEquals(1, unmanaged.replicas().size());
    var again = (ClusterState.Live) unmanaged.evolve(at(9), new ConvertedToManaged(MANAGED));
    assertEquals(MANAGED, again.configuration());
    assertEquals(unmanaged.replicas(), again.replicas());
  }

  @Test
  void anUnmanagedClusterHasNothingToReconfigure() {
    ClusterState unmanaged = given(new ClusterCreated(ID, new ClusterConfiguration.Unmanaged()));
    impossible(unmanaged, new SizeChanged("25cc", "50cc"));
    impossible(unmanaged, new ReplicationFactorChanged(1, 2));
    impossible(unmanaged, new AvailabilityZonesChanged(List.of(), List.of("az1")));
    impossible(unmanaged, new SettingsChanged(ReplicaSettings.DEFAULT, ReplicaSettings.DEFAULT));
    impossible(unmanaged, new ScheduleChanged(new Schedule.Manual(), new Schedule.Manual()));
    impossible(unmanaged, new AutoScalingChanged(Optional.empty(), Optional.empty()));
    impossible(unmanaged, new SizeRangeChanged(Optional.empty(), Optional.empty()));
    impossible(unmanaged, new BurstStarted("50cc"));
  }

  @Test
  void replicasKeepTheOrderInWhichTheyWereAdded() {
    var state =
        managed(added(1), added(2), added(5), new ReplicaDropped(replica(2), Reason.MANUAL));
    assertEquals(List.of("r1", "r5"), state.replicas().stream().map(Replica::name).toList());
    assertEquals(5, state.lastReplicaNumber());
    assertEquals(at(4), state.replicas().getLast().createdAt());
  }

  @Test
  void aReplicaNumberIsNeverUsedTwice() {
    var state = managed(added(1), new ReplicaDropped(replica(1), Reason.RETIRED));
    assertEquals(1, state.lastReplicaNumber());
    impossible(state, added(1));
  }

  @Test
  void twoReplicasNeverShareAName() {
    var taken = managed(added(1), new ReplicaRenamed(replica(1), "r1", "r2"));
    impossible(taken, added(2));
  }

  @Test
  void aReplicaStartsHydratesFailsAndStartsAgain() {
    assertEquals(new ReplicaProgress.Pending(at(2)), progress());
    assertEquals(new ReplicaProgress.Hydrating(at(3), 1, "host-1", 99, 0), progress(started(1, 1)));
    assertEquals(online(at(4), 1, 0), progress(started(1, 1), hydrated(1, 1)));
    var failed = new ReplicaFailed(replica(1), 1, FAILURE, 3);
    assertEquals(new ReplicaProgress.Failed(at(4), 1, FAILURE, 3), progress(started(1, 1), failed));
    assertEquals(
        new ReplicaProgress.Hydrating(at(5), 2, "host-1", 99, 3),
        progress(started(1, 1), failed, started(1, 2)));
    assertEquals(
        online(at(6), 2, 3), progress(started(1, 1), failed, started(1, 2), hydrated(1, 2)));
  }

  @Test
  void aReplicaWithoutAPlaceWaitsUntilItIsPlaced() {
    var noRoom = new ReplicaWait(ReplicaWait.Kind.NO_CAPACITY, Optional.of("too large"));
    var zoneLost = new ReplicaWait(ReplicaWait.Kind.ZONE_LOST, Optional.empty());
    var waiting = managed(added(1), new ReplicaWaiting(replica(1), noRoom));
    assertEquals(Optional.of(noRoom), waiting.replicas().getFirst().waiting());
    assertEquals(
        new ReplicaProgress.Pending(at(4), Optional.of(zoneLost)),
        progress(new ReplicaWaiting(replica(1), noRoom), new ReplicaWaiting(replica(1), zoneLost)));
    var placed = (ClusterState.Live) waiting.evolve(at(9), new ReplicaPlaced(replica(1), "az3"));
    assertEquals("az3", placed.replicas().getFirst().zone());
    assertEquals(new ReplicaProgress.Pending(at(9)), placed.replicas().getFirst().progress());
  }

  @Test
  void onlyWhatNeverRanWaitsAndOnlyWhatWaitsIsPlaced() {
    var wait = new ReplicaWait(ReplicaWait.Kind.ZONE_LOST, Optional.empty());
    impossible(managed(added(1), started(1, 1)), new ReplicaWaiting(replica(1), wait));
    impossible(managed(added(1)), new ReplicaPlaced(replica(1), "az3"));
  }

  @Test
  void aReplicaKeepsSinceWhenItFailsAndWhenItStartsAgain() {
    Optional<Instant> first = Optional.of(Instant.ofEpochSecond(1));
    Optional<Instant> next = Optional.of(Instant.ofEpochSecond(2));
    Optional<Instant> none = Optional.empty();
    var looping = new ReplicaFailed(replica(1), 9, FAILURE, 16, first, next, none, none);
    var failed = new ReplicaProgress.Failed(at(3), 9, FAILURE, 16, first, next, none);
    assertEquals(failed, progress(looping));
    assertTrue(failed.loops());
  }

  @Test
  void aReplicaKeepsHowItHydrated() {
    var hydrated =
        new ReplicaHydrated(
            replica(1), 1, Duration.ofSeconds(7), 1, 2, 3, Optional.of(4L), Optional.empty());
    assertEquals(
        Optional.of(new ReplicaProgress.Hydration(Duration.ofSeconds(7), 1, 2, 3, 4)),
        ((ReplicaProgress.Online) progress(started(1, 1), hydrated)).hydration());
  }

  /** Its host tells when; what the journal knows bounds it, for clocks may be off. */
  @Test
  void aReplicaIsAsItIsSinceItWasAndNotSinceThatWasJournaled() {
    var state = managed(added(1));
    var before = state.replicas().getFirst().progress().at();
    var journaled = HybridTime.ofEpochMilli(before.toEpochMilli() + 1_000, 0);
    for (long toldMillis : new long[] {400, -5_000, 9_000}) {
      var told = Optional.of(before.plusMillis(toldMillis));
      var started = new ReplicaStarted(replica(1), 1, "host-1", 99, Optional.empty(), told);
      var progress =
          ((ClusterState.Live) state.evolve(journaled, started)).replicas().getFirst().progress();
      long shownMillis = Math.clamp(toldMillis, 0, 1_000);
      assertEquals(before.plusMillis(shownMillis), progress.at());
      assertEquals(journaled, progress.since());
    }
  }

  @Test
  void onlyTheIncarnationThatHydratesCanHaveHydrated() {
    impossible(managed(added(1)), hydrated(1, 1));
    impossible(managed(added(1), started(1, 2)), hydrated(1, 1));
    impossible(managed(added(1), started(1, 1), hydrated(1, 1)), hydrated(1, 1));
  }

  @Test
  void nothingHappensToAReplicaThatIsNotThere() {
    var state = managed(added(1));
    impossible(state, new ReplicaDropped(replica(2), Reason.MANUAL));
    impossible(state, new ReplicaRenamed(replica(2), "r2", "r3"));
    impossible(state, started(2, 1));
    impossible(state, hydrated(2, 1));
    impossible(state, new ReplicaFailed(replica(2), 1, FAILURE, 1));
    impossible(state, new CommentChanged(Optional.of(replica(2)), Optional.of("?")));
  }

  @Test
  void commentsAreSetAndRemoved() {
    var set =
        managed(
            added(1),
            new CommentChanged(Optional.empty(), Optional.of("a")),
            new CommentChanged(Optional.of(replica(1)), Optional.of("b")));
    assertEquals(Optional.of("a"), set.comment());
    assertEquals(Optional.of("b"), set.replicas().getFirst().comment());
    var removed =
        (ClusterState.Live)
            set.evolve(at(9), new CommentChanged(Optional.empty(), Optional.empty()));
    assertEquals(Optional.empty(), removed.comment());
    assertEquals(Optional.of("b"), removed.replicas().getFirst().comment());
  }

  @Test
  void aClusterEndsOnceAndWithoutReplicas() {
    impossible(managed(added(1)), new ClusterDropped());
    assertEquals(
        new ClusterState.Dropped(ID, at(2)),
        given(new ClusterCreated(ID, MANAGED), new ClusterDropped()));
  }

  @Test
  void nothingHappensBeforeTheFirstEventNorAfterTheLast() {
    ClusterState dropped = given(new ClusterCreated(ID, MANAGED), new ClusterDropped());
    impossible(new ClusterState.Absent(), new ClusterDropped());
    impossible(new ClusterState.Absent(), added(1));
    impossible(dropped, new ClusterDropped());
    impossible(dropped, added(1));
    impossible(dropped, new ClusterCreated(ID, MANAGED));
    impossible(managed(), new ClusterCreated(ID, MANAGED));
  }
}

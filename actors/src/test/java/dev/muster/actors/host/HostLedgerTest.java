package dev.muster.actors.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.testing.Sizes;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaWaiting;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.ReplicaWait;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.ZoneOutage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Room is taken before it is used, is never promised twice, and whoever waits for it is told. */
class HostLedgerTest {
  private static final ClusterId U1 = ClusterId.user(1);
  private static final ClusterId U2 = ClusterId.user(2);
  private static final ReplicaWait FULL =
      new ReplicaWait(ReplicaWait.Kind.NO_CAPACITY, Optional.empty());
  private static final Runnable NOBODY = () -> {};

  private final List<ClusterId> told = new ArrayList<>();

  /** Two zones, with room for one replica each. */
  private final HostLedger ledger =
      new HostLedger(
          List.of("az1", "az2"),
          List.of(host("az1"), host("az2")),
          Sizes.CATALOGUE,
          Demand.NOMINAL);

  private static HostLoad host(String zone) {
    return HostLoad.idle(zone + "@host", zone, new Resources(1_000_000_000L, 1L << 30));
  }

  private static ReplicaAdded added(ClusterId cluster, long number, String zone) {
    return new ReplicaAdded(
        ReplicaId.of(cluster, number),
        "r" + number,
        "small",
        BigDecimal.ONE,
        zone,
        false,
        ReplicaSettings.DEFAULT,
        false,
        Optional.empty(),
        Reason.MANUAL);
  }

  private static ClusterState state(ClusterId id, ClusterEvent... events) {
    ClusterState state =
        new ClusterState.Absent()
            .evolve(
                HybridTime.ZERO,
                new ClusterEvent.ClusterCreated(id, new ClusterConfiguration.Unmanaged()));
    for (ClusterEvent event : events) {
      state = state.evolve(HybridTime.ZERO, event);
    }
    return state;
  }

  private boolean take(ClusterId id, ClusterEvent... events) {
    return ledger.take(id, new ClusterState.Absent(), List.of(events));
  }

  private static Map<String, ZoneOutage> out(String zone) {
    return Map.of(zone, new ZoneOutage(zone, HybridTime.ZERO, Optional.empty()));
  }

  @Test
  void theLastRoomIsTakenOnce() {
    assertTrue(take(U1, added(U1, 1, "az1")));
    assertFalse(take(U2, added(U2, 1, "az1")));
    assertTrue(take(U2, added(U2, 1, "az2")));
  }

  @Test
  void allOfADecisionIsTakenOrNothing() {
    assertFalse(take(U1, added(U1, 1, "az1"), added(U1, 2, "az1")));
    assertTrue(take(U2, added(U2, 1, "az1")));
  }

  @Test
  void whoGoesMakesRoomForWhoComesInTheSameDecision() {
    ledger.settle(U1, state(U1, added(U1, 1, "az1")), 0, NOBODY);
    assertFalse(take(U1, added(U1, 2, "az1")));
    assertTrue(
        take(U1, new ReplicaDropped(ReplicaId.of(U1, 1), Reason.MANUAL), added(U1, 2, "az1")));
  }

  @Test
  void whoWaitsTakesNothing() {
    ReplicaAdded asked = added(U1, 1, "az1");
    ReplicaWaiting waiting = new ReplicaWaiting(asked.id(), FULL);
    assertTrue(take(U1, asked, waiting));
    ledger.settle(U1, state(U1, asked, waiting), 0, NOBODY);
    assertTrue(take(U2, added(U2, 1, "az1")));
  }

  @Test
  void whatWasTakenAndDidNotBecomeDurableIsGivenBack() {
    assertTrue(take(U1, added(U1, 1, "az1")));
    ledger.settle(U1, state(U1), 0, NOBODY);
    assertTrue(take(U2, added(U2, 1, "az1")));
  }

  @Test
  void whoWaitsIsToldWhenRoomAppears() {
    ledger.settle(U1, state(U1, added(U1, 1, "az1")), 0, NOBODY);
    ReplicaAdded asked = added(U2, 1, "az1");
    take(U2, added(U2, 2, "az2"));
    ledger.settle(
        U2,
        state(U2, asked, new ReplicaWaiting(asked.id(), FULL), added(U2, 2, "az2")),
        0,
        () -> told.add(U2));
    assertEquals(List.of(), told);
    ledger.settle(U1, state(U1), 0, NOBODY);
    assertEquals(List.of(U2), told);
  }

  @Test
  void aZoneThatIsOutHasNeitherHostsNorRoomAndEverybodyIsTold() {
    ledger.settle(U1, state(U1, added(U1, 1, "az1")), 0, () -> told.add(U1));
    List<Set<String>> heard = new ArrayList<>();
    ledger.onZones(heard::add);
    ledger.takeOut(out("az1"), 0);
    assertEquals(List.of(U1), told);
    assertFalse(ledger.zones().isUsable("az1"));
    assertFalse(take(U2, added(U2, 1, "az1")));
    ledger.takeOut(Map.of(), 0);
    assertTrue(ledger.zones().isUsable("az1"));
    assertFalse(take(U2, added(U2, 1, "az1")), "what was there is there again");
    assertEquals(List.of(Set.<String>of(), Set.of("az1"), Set.of()), heard);
  }

  @Test
  void whatIsSaidOfOtherZonesChangesNothing() {
    ledger.takeOut(out("az1"), 0);
    HostLedger.InService back = ledger.without(Set.of());
    assertEquals(Set.of("az1", "az2"), back.zones().usable());
    assertTrue(back.fleet().hasHosts("az1"));
    HostLedger.InService gone = ledger.without(Set.of("az2"));
    assertEquals(Set.of("az1"), gone.zones().usable());
    assertFalse(gone.fleet().hasHosts("az2"));
    assertEquals(Set.of("az2"), ledger.zones().usable());
    assertFalse(ledger.fleet().hasHosts("az1"));
  }

  /** Whoever is told first is likely to be placed first, and a plan goes by that. */
  @Test
  void clustersAreToldInTheOrderOfTheirIds() {
    for (long number = 12; number > 0; number--) {
      ClusterId id = ClusterId.user(number);
      ledger.settle(id, state(id), 0, () -> told.add(id));
    }
    ledger.takeOut(out("az1"), 0);
    assertEquals(LongStream.rangeClosed(1, 12).mapToObj(ClusterId::user).toList(), told);
  }

  /** Where there was none its replica stayed; now there is a zone to go to. */
  @Test
  void whoIsLostWithAZoneIsToldWhenRoomAppearsElsewhere() {
    ledger.settle(U1, state(U1, added(U1, 1, "az1")), 0, () -> told.add(U1));
    ledger.settle(U2, state(U2, added(U2, 1, "az2")), 0, NOBODY);
    ledger.takeOut(out("az1"), 0);
    told.clear();
    ledger.settle(U2, state(U2), 0, NOBODY);
    assertEquals(List.of(U1), told);
  }

  /** Two of its replicas share a host, and a zone that had no room opens. */
  @Test
  void whoIsCrowdedIsToldWhenRoomAppearsElsewhere() {
    HostLedger wide =
        new HostLedger(
            List.of("az1", "az2"),
            List.of(
                HostLoad.idle("az1@host", "az1", new Resources(2_000_000_000L, 2L << 30)),
                host("az2")),
            Sizes.CATALOGUE,
            Demand.NOMINAL);
    wide.settle(U2, state(U2, added(U2, 1, "az2")), 0, NOBODY);
    wide.settle(U1, state(U1, added(U1, 1, "az1"), added(U1, 2, "az1")), 0, () -> told.add(U1));
    wide.settle(U2, state(U2), 0, NOBODY);
    assertEquals(List.of(U1), told);
  }

  @Test
  void whoWantsNothingIsLeftInPeaceWhenRoomAppears() {
    ledger.settle(U1, state(U1), 0, () -> told.add(U1));
    ledger.settle(U2, state(U2, added(U2, 1, "az2")), 0, NOBODY);
    ledger.settle(U2, state(U2), 0, NOBODY);
    assertEquals(List.of(), told);
  }

  @Test
  void nothingIsGivenAwayBeforeAllHaveSaidWhatTheyHold() {
    ledger.expect(List.of(U1, U2));
    Resources one = new Resources(1_000_000_000L, 1L << 30);
    assertFalse(ledger.fleetToGive().hasRoom("az1", one));
    ledger.settle(U1, state(U1), 0, () -> told.add(U1));
    assertFalse(ledger.fleetToGive().hasRoom("az1", one));
    ledger.forget(U2);
    assertTrue(ledger.fleetToGive().hasRoom("az1", one));
    assertEquals(List.of(U1), told);
  }

  @Test
  void whatAClusterHoldsIsInUseWhereverItsEntityIs() {
    ledger.settle(U1, state(U1, added(U1, 1, "az1")), 5, () -> told.add(U1));

    ledger.leave(U1);

    assertFalse(take(U2, added(U2, 1, "az1")));
    ledger.takeOut(out("az1"), 0);
    assertEquals(List.of(), told, "it is told no longer");
  }

  @Test
  void whatAnotherNodeTellsOfAClusterIsOfNoAccountWhereItsEntityIsHere() {
    ledger.settle(U1, state(U1, added(U1, 1, "az1")), 5, NOBODY);

    ledger.settleElsewhere(U1, state(U1), 6);

    assertFalse(take(U2, added(U2, 1, "az1")));
  }

  @Test
  void ofAClusterThatHasMovedOnlyTheLatestCounts() {
    ledger.settle(U1, state(U1, added(U1, 1, "az1")), 5, NOBODY);
    ledger.leave(U1);

    ledger.settleElsewhere(U1, state(U1), 4);
    assertFalse(take(U2, added(U2, 1, "az1")));

    ledger.settleElsewhere(U1, state(U1), 6);
    assertTrue(take(U2, added(U2, 1, "az1")));
  }

  @Test
  void whatIsNoMoreOnOtherNodesHoldsNothing() {
    ledger.settleElsewhere(U1, state(U1, added(U1, 1, "az1")), 5);
    ledger.settle(U2, state(U2, added(U2, 1, "az2")), 5, NOBODY);

    ledger.keepElsewhere(id -> false);

    assertTrue(take(U1, added(U1, 1, "az1")));
    assertFalse(take(U1, added(U1, 1, "az2")), "its entity is here, and speaks for itself");
  }

  @Test
  void aZoneWithoutAnyHostIsLostSinceItsOutageWhereThereIsOne() {
    HybridTime since = HybridTime.ofEpochMilli(7_000, 0);
    assertEquals(Optional.empty(), ledger.lossOf("az1"));
    ledger.takeOut(Map.of("az1", new ZoneOutage("az1", since, Optional.empty())), 7);
    assertEquals(Optional.of(new HostLoss(Optional.of(since.instant()))), ledger.lossOf("az1"));
    assertEquals(Optional.of(new HostLoss(Optional.empty())), ledger.lossOf("nowhere"));
    ledger.takeOut(Map.of(), 8);
    assertEquals(Optional.empty(), ledger.lossOf("az1"));
  }

  @Test
  void aZoneOfWhichNothingWasHeardYetIsNotLost() {
    ledger.hosts(ledger.hosts(), false);
    assertEquals(Optional.empty(), ledger.lossOf("nowhere"));
  }

  @Test
  void anOlderOutageDoesNotComeBack() {
    ledger.takeOut(out("az1"), 7);
    ledger.takeOut(Map.of(), 9);

    ledger.takeOut(out("az1"), 8);
    assertTrue(ledger.zones().isUsable("az1"));

    ledger.takeOut(out("az2"), 10);
    assertFalse(ledger.zones().isUsable("az2"));
  }

  @Test
  void whatWasPlacedOnAHostThatWasExpectedIsOnTheOneThatComes() {
    HostLoad expected = HostLoad.idle("az1@expected", "az1", new Resources(2L << 40, 2L << 40));
    ledger.hosts(List.of(expected, host("az2")), false);
    ledger.settle(U1, state(U1, added(U1, 1, "az1")), 0, NOBODY);

    ledger.hosts(List.of(host("az1"), host("az2")), true);

    assertEquals(Optional.of("az1@host"), ledger.placeOf(ReplicaId.of(U1, 1)));
    assertFalse(take(U2, added(U2, 1, "az1")));
  }

  @Test
  void whatRunsTakesRoomOfTheHostThatTheJournalSays() {
    HostLoad other = HostLoad.idle("az1@other", "az1", new Resources(1_000_000_000L, 1L << 30));
    ledger.hosts(List.of(host("az1"), other), true);
    ReplicaId id = ReplicaId.of(U1, 1);
    ledger.settle(U1, state(U1, added(U1, 1, "az1")), 0, NOBODY);
    for (String host : List.of("az1@other", "az1@host")) {
      ledger.settle(
          U1,
          state(U1, added(U1, 1, "az1"), new ClusterEvent.ReplicaStarted(id, 1, host, 42)),
          0,
          NOBODY);
      assertEquals(Optional.of(host), ledger.placeOf(id));
    }
  }

  /** The room was given away by another node too, and this one does not know of it yet. */
  @Test
  void aHostThatHasRefusedCountsAsFullUntilItIsKnownWhatTheOthersHold() {
    ledger.settle(U2, state(U2, added(U2, 1, "az2")), 0, NOBODY);
    ReplicaAdded asked = added(U1, 1, "az1");
    assertTrue(take(U1, asked));
    ledger.settle(U1, state(U1, asked), 0, NOBODY);

    ledger.refused(asked.id(), "az1@host");
    ledger.settle(
        U1, state(U1, asked, new ReplicaWaiting(asked.id(), FULL)), 0, () -> told.add(U1));
    assertFalse(take(U2, added(U2, 2, "az1")));
    assertTrue(ledger.zones().isUsable("az1"), "full, and not lost");

    ledger.heard();
    assertFalse(take(U2, added(U2, 2, "az1")), "that round may have begun before");
    assertEquals(List.of(), told);
    ledger.heard();
    assertEquals(List.of(U1), told);
    assertTrue(take(U2, added(U2, 2, "az1")));
  }

  @Test
  void whoIsRefusedHasItsPlaceOnAnotherHostOfItsZoneWhereThatHasRoom() {
    HostLoad other = HostLoad.idle("az1@other", "az1", new Resources(1_000_000_000L, 1L << 30));
    ledger.hosts(List.of(host("az1"), other), true);
    ReplicaAdded asked = added(U1, 1, "az1");
    ledger.settle(U1, state(U1, asked), 0, NOBODY);
    assertEquals(Optional.of("az1@host"), ledger.placeOf(asked.id()));

    ledger.refused(asked.id(), "az1@host");

    assertEquals(Optional.of("az1@other"), ledger.placeOf(asked.id()));
  }
}

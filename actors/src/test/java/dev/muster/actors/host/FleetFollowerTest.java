package dev.muster.actors.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.gather.Gathered;
import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.state.ClusterRegistry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FleetFollowerTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final ClusterId U1 = ClusterId.user(1);
  private static final ReplicaId REPLICA = ReplicaId.of(U1, 1);
  private static final HostLoad OWN = host("az1");
  private static final HostLoad OTHER = host("az2");

  private final AtomicLong nanos = new AtomicLong();
  private final HostLedger ledger =
      new HostLedger(List.of("az1", "az2"), List.of(OWN), Sizes.CATALOGUE, Demand.NOMINAL);
  private final FleetFollower follower = new FleetFollower(ledger, LEASE, nanos::get);

  private static HostLoad host(String zone) {
    return HostLoad.idle(zone + "@there", zone, new Resources(8L << 40, 8L << 40));
  }

  private void seen(HostLoad... others) {
    round(CatalogSnapshot.EMPTY, CatalogSnapshot.EMPTY, others);
  }

  private void round(CatalogSnapshot all, CatalogSnapshot own, HostLoad... others) {
    follower.accept(new Gathered(all, own, Map.of("a", List.of(OWN), "b", List.of(others))));
  }

  /** What nodes have published: the environment, and some clusters. */
  private static CatalogSnapshot published(
      EnvironmentState environment, long sequenceNumber, ClusterState... clusters) {
    CatalogStore store = new CatalogStore();
    store.publish(environment, sequenceNumber);
    for (ClusterState cluster : clusters) {
      store.publish(U1, cluster, sequenceNumber);
    }
    return store.snapshot();
  }

  private static EnvironmentState environment(String... zonesOut) {
    EnvironmentState state = EnvironmentState.EMPTY;
    HybridTime at = HybridTime.ofEpochMilli(1, 0);
    state =
        state.evolve(
            at,
            new EnvironmentEvent.ClusterCreationStarted(
                U1, "c", "materialize", new ClusterConfiguration.Unmanaged(), List.of()));
    for (String zone : zonesOut) {
      state = state.evolve(at, new EnvironmentEvent.ZoneTakenOut(zone, Optional.empty()));
    }
    return withId(state);
  }

  private static EnvironmentState withId(EnvironmentState state) {
    return new EnvironmentState(
        Optional.of("e"),
        new ClusterRegistry(1, 2, state.clusters(), state.clusterIds(), state.dropping()),
        state.replicaDrops(),
        state.roles(),
        state.zoneOutages(),
        state.parameters());
  }

  private static ClusterState cluster(boolean withReplica) {
    HybridTime at = HybridTime.ofEpochMilli(1, 0);
    ClusterState state =
        new ClusterState.Absent()
            .evolve(at, new ClusterEvent.ClusterCreated(U1, new ClusterConfiguration.Unmanaged()));
    return withReplica
        ? state.evolve(
            at,
            new ClusterEvent.ReplicaAdded(
                REPLICA,
                "r1",
                "small",
                BigDecimal.ONE,
                "az2",
                false,
                ReplicaSettings.DEFAULT,
                false,
                Optional.empty(),
                Reason.MANUAL))
        : state;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void afterAStartEveryZoneIsExpectedToHaveAHost() {
    seen();
    assertEquals(Set.of("az1", "az2"), ledger.zones().usable());

    pass(LEASE.plusSeconds(1));
    seen();

    assertEquals(Set.of("az1"), ledger.zones().usable());
  }

  @Test
  void aHostWhoseNodeIsGoneIsLostWhenItsLeaseIsOver() {
    seen(OTHER);
    pass(LEASE);
    seen();
    assertEquals(Set.of("az1", "az2"), ledger.zones().usable());

    pass(Duration.ofSeconds(1));
    seen();

    assertEquals(Set.of("az1"), ledger.zones().usable());
  }

  @Test
  void aHostThatComesBackHasItsZoneBack() {
    seen(OTHER);
    pass(LEASE.plusSeconds(1));
    seen();

    seen(OTHER);

    assertEquals(Set.of("az1", "az2"), ledger.zones().usable());
    assertEquals(List.of(OWN, OTHER), ledger.hosts());
  }

  @Test
  void aHostThatIsNotThereMayComeBackForItsLease() {
    assertTrue(ledger.mayComeBack("az2@never-heard-of"), "others may be starting too");
    seen(OTHER);
    pass(LEASE.plusSeconds(1));
    seen(OTHER);
    assertFalse(ledger.mayComeBack("az2@never-heard-of"));

    pass(LEASE);
    seen();
    assertTrue(ledger.mayComeBack(OTHER.name()));
    pass(Duration.ofSeconds(1));
    seen();
    assertFalse(ledger.mayComeBack(OTHER.name()));
  }

  @Test
  void whatWasPlacedWhereAHostWasExpectedIsOnTheHostThatComes() {
    round(published(environment(), 1, cluster(true)), CatalogSnapshot.EMPTY);
    assertEquals(Optional.of("az2@expected"), ledger.placeOf(REPLICA));

    seen(OTHER);

    assertEquals(Optional.of(OTHER.name()), ledger.placeOf(REPLICA));
  }

  @Test
  void whatClustersOfOtherNodesHoldIsKnownUntilTheyAreNoMore() {
    round(published(environment(), 1, cluster(true)), CatalogSnapshot.EMPTY, OTHER);
    assertEquals(Optional.of(OTHER.name()), ledger.placeOf(REPLICA));

    round(published(environment(), 2, cluster(false)), CatalogSnapshot.EMPTY, OTHER);
    assertEquals(Optional.empty(), ledger.placeOf(REPLICA));

    round(published(environment(), 3, cluster(true)), CatalogSnapshot.EMPTY, OTHER);
    round(published(withId(EnvironmentState.EMPTY), 4), CatalogSnapshot.EMPTY, OTHER);
    assertEquals(Optional.empty(), ledger.placeOf(REPLICA));
  }

  /** The entity has said something since the round began. */
  @Test
  void aRoundThatIsOlderThanWhatTheEntityOfThisNodeSaysIsOfNoAccount() {
    ledger.settle(U1, cluster(true), 7, () -> {});

    CatalogSnapshot older = published(environment(), 6, cluster(false));
    round(older, older, OTHER);
    assertTrue(ledger.placeOf(REPLICA).isPresent());

    ledger.leave(U1);
    round(older, CatalogSnapshot.EMPTY, OTHER);
    assertTrue(ledger.placeOf(REPLICA).isPresent(), "in hand-over it is in use");
  }

  /** A round may begin before the entity's own word, and end after it. */
  @Test
  void anOlderOutageDoesNotReplaceANewerOne() {
    ledger.takeOut(Map.of(), 9);

    round(published(environment("az2"), 8), CatalogSnapshot.EMPTY, OTHER);
    assertTrue(ledger.zones().isUsable("az2"));

    round(published(environment("az2"), 10), CatalogSnapshot.EMPTY, OTHER);
    assertFalse(ledger.zones().isUsable("az2"));
  }

  /** As rounds are: one store that goes on. */
  @Test
  void whatHasChangedSinceTheLastRoundIsSettled() {
    CatalogStore store = new CatalogStore();
    store.publish(environment(), 1);
    store.publish(U1, cluster(false), 1);
    round(store.snapshot(), CatalogSnapshot.EMPTY, OTHER);
    assertEquals(Optional.empty(), ledger.placeOf(REPLICA));

    store.publish(U1, cluster(true), 2);
    round(store.snapshot(), CatalogSnapshot.EMPTY, OTHER);
    assertEquals(Optional.of(OTHER.name()), ledger.placeOf(REPLICA));

    store.withdraw(U1);
    store.publish(withId(EnvironmentState.EMPTY), 4);
    round(store.snapshot(), CatalogSnapshot.EMPTY, OTHER);
    assertEquals(Optional.empty(), ledger.placeOf(REPLICA));
  }

  /** Nothing has changed since it was told, and was of no account then. */
  @Test
  void whatWasToldWhileTheEntityWasHereCountsOnceItHasLeft() {
    CatalogStore own = new CatalogStore();
    own.publish(U1, cluster(false), 1);
    ledger.settle(U1, cluster(false), 1, () -> {});
    CatalogSnapshot all = published(environment(), 2, cluster(true));
    round(all, own.snapshot(), OTHER);
    assertEquals(Optional.empty(), ledger.placeOf(REPLICA));

    own.withdraw(U1);
    ledger.leave(U1);
    round(all, own.snapshot(), OTHER);

    assertEquals(Optional.of(OTHER.name()), ledger.placeOf(REPLICA));
  }

  /** An entity may leave while a round ends. */
  @Test
  void allIsSettledFromTimeToTime() {
    CatalogSnapshot all = published(environment(), 2, cluster(true));
    ledger.settle(U1, cluster(false), 1, () -> {});
    round(all, CatalogSnapshot.EMPTY, OTHER);
    ledger.leave(U1);
    assertEquals(Optional.empty(), ledger.placeOf(REPLICA));

    pass(Duration.ofSeconds(10));
    round(all, CatalogSnapshot.EMPTY, OTHER);

    assertEquals(Optional.of(OTHER.name()), ledger.placeOf(REPLICA));
  }
}

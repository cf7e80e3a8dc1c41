package dev.muster.actors.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaWait;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Fewest replicas of the cluster, then the least loaded host with room, then the order. */
class PlacementTest {
  private static final List<String> ZONES = List.of("az1", "az2", "az3");
  private static final Zones ALL = Zones.of(ZONES);
  private static final Resources ONE = new Resources(1_000_000_000L, 1L << 30);

  private static HostLoad host(String name, String zone, int room) {
    return HostLoad.idle(name, zone, new Resources(room * 1_000_000_000L, (long) room << 30));
  }

  private static Fleet fleet(HostLoad... hosts) {
    Fleet fleet = Fleet.EMPTY;
    for (HostLoad host : hosts) {
      fleet = fleet.with(host);
    }
    return fleet;
  }

  private static Place place(Zones zones, Fleet fleet, Map<String, Integer> replicas) {
    return Placement.place(ZONES, zones, fleet, ONE, zone -> replicas.getOrDefault(zone, 0));
  }

  @Test
  void theZoneWithTheFewestReplicasComesFirstHoweverLoaded() {
    Fleet fleet = fleet(host("a", "az1", 9), host("b", "az2", 9), host("c", "az3", 9));
    assertEquals(
        new Place.At("az3", "c"),
        place(ALL, fleet.loaded("c", ONE).loaded("c", ONE), Map.of("az1", 1, "az2", 1)));
  }

  @Test
  void amongEqualsTheLeastLoadedHostDecidesAndThenTheOrder() {
    Fleet fleet = fleet(host("a", "az1", 9), host("b", "az2", 9), host("c", "az3", 9));
    assertEquals(new Place.At("az1", "a"), place(ALL, fleet, Map.of()));
    assertEquals(new Place.At("az2", "b"), place(ALL, fleet.loaded("a", ONE), Map.of()));
  }

  @Test
  void withinAZoneTheLeastLoadedHostWithRoomTakesIt() {
    Fleet fleet = fleet(host("a", "az1", 9), host("b", "az1", 1), host("c", "az1", 4));
    assertEquals("a", fleet.roomiest("az1", ONE).orElseThrow().name());
    Fleet later = fleet.loaded("a", ONE).loaded("b", ONE);
    assertEquals("c", later.roomiest("az1", ONE).orElseThrow().name());
  }

  @Test
  void aZoneWithoutRoomIsPassedOver() {
    Fleet fleet = fleet(host("a", "az1", 0), host("b", "az2", 9), host("c", "az3", 9));
    assertEquals(new Place.At("az2", "b"), place(ALL, fleet, Map.of("az2", 1, "az3", 1)));
  }

  @Test
  void whatFitsNowhereWaitsAndSaysWhatItAskedForAndWhatThereIs() {
    Fleet fleet = fleet(host("a", "az1", 0), host("b", "az2", 0), host("c", "az3", 0));
    Place.Waits waits = assertInstanceOf(Place.Waits.class, place(ALL, fleet, Map.of("az1", 1)));
    assertEquals("az2", waits.zone());
    assertEquals(ReplicaWait.Kind.NO_CAPACITY, waits.why().kind());
    assertEquals(
        "asked for: 1 CPUs, 1 GiB of memory; the most that a host in az1, az2, az3 has left: 0"
            + " CPUs, 0 GiB of memory",
        waits.why().detail().orElseThrow());
  }

  @Test
  void whereNoZoneIsInServiceItWaitsForOne() {
    Zones none = new Zones(List.of("az1", "az2", "az3", "az4"), Set.of("az4"));
    Place.Waits waits = assertInstanceOf(Place.Waits.class, place(none, Fleet.UNBOUNDED, Map.of()));
    assertEquals(ReplicaWait.Kind.ZONE_LOST, waits.why().kind());
    assertEquals("not in service: az1, az2, az3", waits.why().detail().orElseThrow());
  }

  @Test
  void aClaimIsGivenBackOnceAndOnAHostThatIsBackItCountsAgain() {
    ReplicaId id = ReplicaId.of(ClusterId.user(1), 1);
    Fleet claimed = fleet(host("a", "az1", 1)).with(new Claim(id, "a", ONE));
    assertFalse(claimed.hasRoom("az1", ONE));
    assertTrue(claimed.without(id).without(id).hasRoom("az1", ONE));
    Fleet lost = claimed.over(List.of());
    assertFalse(lost.hasHosts("az1"));
    assertFalse(lost.over(List.of(host("a", "az1", 1))).hasRoom("az1", ONE));
  }

  @Test
  void noLimitIsNeverReached() {
    Fleet fleet = fleet(HostLoad.idle("a", "az1", Resources.UNLIMITED));
    for (int i = 0; i < 100; i++) {
      fleet = fleet.loaded("a", new Resources(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2));
    }
    assertEquals(0, Resources.UNLIMITED.shareTaken(Resources.NONE));
    assertTrue(Fleet.UNBOUNDED.hasRoom("az9", Resources.UNLIMITED));
    assertEquals(100, fleet.hosts().getFirst().replicas());
    assertEquals("unlimited CPUs, unlimited memory", fleet.hosts().getFirst().left().toString());
  }
}

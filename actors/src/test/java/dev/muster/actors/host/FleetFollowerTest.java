package dev.muster.actors.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.actors.gather.Gathered;
import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.catalog.CatalogSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FleetFollowerTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final HostLoad OWN = host("az1");
  private static final HostLoad OTHER = host("az2");

  private final AtomicLong nanos = new AtomicLong();
  private final HostLedger ledger =
      new HostLedger(List.of("az1", "az2"), List.of(OWN), Sizes.CATALOGUE, Demand.NOMINAL);
  private final FleetFollower follower = new FleetFollower(ledger, LEASE, nanos::get);

  private static HostLoad host(String zone) {
    return HostLoad.idle(zone + "@there", zone, new Resources(8, 8));
  }

  private void seen(HostLoad... others) {
    follower.accept(
        new Gathered(
            CatalogSnapshot.EMPTY,
            CatalogSnapshot.EMPTY,
            Map.of("a", List.of(OWN), "b", List.of(others))));
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
}

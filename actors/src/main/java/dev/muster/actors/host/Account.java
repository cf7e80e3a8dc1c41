package dev.muster.actors.host;

import dev.muster.actors.placement.Claim;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Zones;
import dev.muster.journal.state.ZoneOutage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One instant of a {@link HostLedger}. Immutable, and pure.
 *
 * @param configured the zones, in the order of the configuration
 * @param hosts all that are known, in service or not; idle
 * @param zoneOfHost of every host that was ever known, by its name
 * @param zones which of them are usable
 * @param fleet the hosts in service, and who has which place
 * @param zonesOut those that are out of service
 * @param outagesAt the environment's event that the outages are known from
 */
record Account(
    List<String> configured,
    List<HostLoad> hosts,
    Map<String, String> zoneOfHost,
    Zones zones,
    Fleet fleet,
    Set<String> zonesOut,
    long outagesAt) {

  static Account open(List<String> configured, List<HostLoad> hosts, Fleet empty) {
    return of(configured, hosts, Map.of(), empty, Set.of(), 0);
  }

  private static Account of(
      List<String> configured,
      List<HostLoad> hosts,
      Map<String, String> zonesBefore,
      Fleet before,
      Set<String> zonesOut,
      long outagesAt) {
    Map<String, String> zoneOfHost = new HashMap<>(zonesBefore);
    configured.forEach(zone -> zoneOfHost.put(HostNames.expected(zone), zone));
    hosts.forEach(host -> zoneOfHost.put(host.name(), host.zone()));
    Fleet fleet =
        rehomed(before, hosts, zoneOfHost)
            .over(hosts.stream().filter(host -> !zonesOut.contains(host.zone())).toList());
    Set<String> usable =
        configured.stream()
            .filter(zone -> !zonesOut.contains(zone) && fleet.hasHosts(zone))
            .collect(Collectors.toSet());
    return new Account(
        configured,
        List.copyOf(hosts),
        Map.copyOf(zoneOfHost),
        new Zones(configured, usable),
        fleet,
        Set.copyOf(zonesOut),
        outagesAt);
  }

  /** What has its place on a host that is there no longer has it on another one of the zone. */
  private static Fleet rehomed(Fleet before, List<HostLoad> hosts, Map<String, String> zoneOfHost) {
    Set<String> names = hosts.stream().map(HostLoad::name).collect(Collectors.toSet());
    Fleet fleet = before;
    for (Claim claim : before.claims().values()) {
      String zone = zoneOfHost.get(claim.host());
      Optional<HostLoad> other =
          names.contains(claim.host())
              ? Optional.empty()
              : hosts.stream().filter(host -> host.zone().equals(zone)).findFirst();
      if (other.isPresent()) {
        fleet = fleet.with(new Claim(claim.replica(), other.get().name(), claim.demand()));
      }
    }
    return fleet;
  }

  Account with(Fleet other) {
    return other == fleet
        ? this
        : new Account(configured, hosts, zoneOfHost, zones, other, zonesOut, outagesAt);
  }

  Account withHosts(List<HostLoad> others) {
    return of(configured, others, zoneOfHost, fleet, zonesOut, outagesAt);
  }

  /** Exactly these zones are out of service; where something later is known, nothing changes. */
  Account withOutages(Set<String> out, long sequenceNumber) {
    if (sequenceNumber < outagesAt) {
      return this;
    }
    return out.equals(zonesOut)
        ? new Account(configured, hosts, zoneOfHost, zones, fleet, zonesOut, sequenceNumber)
        : of(configured, hosts, zoneOfHost, fleet, out, sequenceNumber);
  }

  /**
   * Whether a zone has no host, be it as it is out of service or that nobody plays it.
   *
   * @param allKnown whether no host is there of which nothing was heard yet
   * @param outages since when, as far as that is known
   */
  Optional<HostLoss> lossOf(String zone, boolean allKnown, Map<String, ZoneOutage> outages) {
    boolean isOut = zonesOut.contains(zone);
    return isOut || allKnown && hosts.stream().noneMatch(host -> host.zone().equals(zone))
        ? Optional.of(
            new HostLoss(
                Optional.ofNullable(isOut ? outages.get(zone) : null)
                    .map(outage -> outage.since().instant())))
        : Optional.empty();
  }

  boolean knows(String host) {
    return hosts.stream().anyMatch(known -> known.name().equals(host));
  }

  /** Any host of a zone, in service or not. */
  String anyHost(String zone) {
    return hosts.stream()
        .filter(host -> host.zone().equals(zone))
        .map(HostLoad::name)
        .findFirst()
        .orElse(HostNames.expected(zone));
  }
}

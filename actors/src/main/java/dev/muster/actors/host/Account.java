package dev.muster.actors.host;

import dev.muster.actors.placement.Claim;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Zones;
import dev.muster.journal.event.ReplicaId;
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
 * @param refusals the hosts that have refused a replica of late, each with the rounds of news that
 *     are to come before it is believed to have room
 */
record Account(
    List<String> configured,
    List<HostLoad> hosts,
    Map<String, String> zoneOfHost,
    Zones zones,
    Fleet fleet,
    Set<String> zonesOut,
    long outagesAt,
    Map<String, Integer> refusals) {
  /** The first round may have begun before the refusal. */
  private static final int ROUNDS_BELIEVED = 2;

  static Account open(List<String> configured, List<HostLoad> hosts, Fleet empty) {
    return of(configured, hosts, Map.of(), empty, Set.of(), 0, Map.of());
  }

  private static Account of(
      List<String> configured,
      List<HostLoad> hosts,
      Map<String, String> zonesBefore,
      Fleet before,
      Set<String> zonesOut,
      long outagesAt,
      Map<String, Integer> refusals) {
    Map<String, String> zoneOfHost = new HashMap<>(zonesBefore);
    configured.forEach(zone -> zoneOfHost.put(HostNames.expected(zone), zone));
    hosts.forEach(host -> zoneOfHost.put(host.name(), host.zone()));
    Fleet fleet =
        rehomed(before, hosts, zoneOfHost)
            .over(
                hosts.stream()
                    .filter(host -> !zonesOut.contains(host.zone()))
                    .map(host -> refusals.containsKey(host.name()) ? host.full() : host)
                    .toList());
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
        outagesAt,
        Map.copyOf(refusals));
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
        : new Account(configured, hosts, zoneOfHost, zones, other, zonesOut, outagesAt, refusals);
  }

  Account withHosts(List<HostLoad> others) {
    return of(configured, others, zoneOfHost, fleet, zonesOut, outagesAt, refusals);
  }

  /** A host has no room for a replica, whatever this account says. */
  Account refused(ReplicaId replica, String host) {
    Map<String, Integer> more = new HashMap<>(refusals);
    more.put(host, ROUNDS_BELIEVED);
    Account full = refusing(more);
    Claim claim = full.fleet.claims().get(replica);
    return claim == null || !claim.host().equals(host)
        ? full
        : full.fleet
            .roomiest(zoneOfHost.getOrDefault(host, ""), claim.demand())
            .map(
                other ->
                    full.with(full.fleet.with(new Claim(replica, other.name(), claim.demand()))))
            .orElse(full);
  }

  /** One more round of what others hold is in the account. */
  Account heard() {
    if (refusals.isEmpty()) {
      return this;
    }
    Map<String, Integer> less = new HashMap<>(refusals);
    less.replaceAll((host, rounds) -> rounds - 1);
    less.values().removeIf(rounds -> rounds == 0);
    return refusing(less);
  }

  private Account refusing(Map<String, Integer> others) {
    return of(configured, hosts, zoneOfHost, fleet, zonesOut, outagesAt, others);
  }

  /** Exactly these zones are out of service; where something later is known, nothing changes. */
  Account withOutages(Set<String> out, long sequenceNumber) {
    if (sequenceNumber < outagesAt) {
      return this;
    }
    return out.equals(zonesOut)
        ? new Account(
            configured, hosts, zoneOfHost, zones, fleet, zonesOut, sequenceNumber, refusals)
        : of(configured, hosts, zoneOfHost, fleet, out, sequenceNumber, refusals);
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

package dev.muster.actors.placement;

import dev.muster.journal.event.ReplicaId;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The hosts in service and what they have promised to replicas, at one instant. Immutable; whoever
 * places several replicas one after the other goes on with the fleet that the step before made.
 *
 * @param bounded false where hosts are not told apart, and everything has room everywhere
 * @param hosts by name
 */
public record Fleet(boolean bounded, PMap<String, HostLoad> hosts, PMap<ReplicaId, Claim> claims) {
  /** Nothing is known of hosts: all zones count as equally loaded, and all has room in each. */
  public static final Fleet UNBOUNDED =
      new Fleet(false, HashTreePMap.empty(), HashTreePMap.empty());

  /** No host at all. */
  public static final Fleet EMPTY = new Fleet(true, HashTreePMap.empty(), HashTreePMap.empty());

  /** The least loaded host of a zone that has room, among equals the first by name. */
  public Optional<HostLoad> roomiest(String zone, Resources demand) {
    return in(zone)
        .filter(host -> host.hasRoomFor(demand))
        .min(Comparator.comparingLong(HostLoad::load).thenComparing(HostLoad::name));
  }

  public boolean hasRoom(String zone, Resources demand) {
    return !bounded || in(zone).anyMatch(host -> host.hasRoomFor(demand));
  }

  public boolean hasHosts(String zone) {
    return !bounded || in(zone).findAny().isPresent();
  }

  /** How loaded a zone is for a replica: as its least loaded host with room is. */
  long load(String zone, Resources demand) {
    return roomiest(zone, demand).map(HostLoad::load).orElse(0L);
  }

  Stream<HostLoad> in(String zone) {
    return hosts.values().stream().filter(host -> host.zone().equals(zone));
  }

  /** The same with nothing left to give. */
  public Fleet exhausted() {
    PMap<String, HostLoad> full = hosts;
    for (HostLoad host : hosts.values()) {
      full = full.plus(host.name(), host.full());
    }
    return new Fleet(bounded, full, claims);
  }

  /** With one more host, or the same one anew: what it had promised is promised no longer. */
  public Fleet with(HostLoad host) {
    return new Fleet(bounded, hosts.plus(host.name(), host), claims);
  }

  /** With something more on a host, of which nobody will ask again. */
  public Fleet loaded(String host, Resources demand) {
    HostLoad load = hosts.get(host);
    return load == null ? this : new Fleet(bounded, hosts.plus(host, load.with(demand)), claims);
  }

  /** With a replica's place. A claim on a host that is not there is kept, and loads nothing. */
  public Fleet with(Claim claim) {
    Fleet released = without(claim.replica());
    Fleet loaded = released.loaded(claim.host(), claim.demand());
    return new Fleet(bounded, loaded.hosts, released.claims.plus(claim.replica(), claim));
  }

  public Fleet without(ReplicaId replica) {
    Claim claim = claims.get(replica);
    if (claim == null) {
      return this;
    }
    HostLoad load = hosts.get(claim.host());
    return new Fleet(
        bounded,
        load == null ? hosts : hosts.plus(claim.host(), load.without(claim.demand())),
        claims.minus(replica));
  }

  /** With these hosts, as capacities go, and the places that replicas have. */
  public Fleet over(Iterable<HostLoad> idleHosts) {
    PMap<String, HostLoad> idle = HashTreePMap.empty();
    for (HostLoad host : idleHosts) {
      idle = idle.plus(host.name(), host);
    }
    Fleet fleet = new Fleet(bounded, idle, HashTreePMap.empty());
    for (Claim claim : claims.values()) {
      fleet = fleet.with(claim);
    }
    return fleet;
  }
}

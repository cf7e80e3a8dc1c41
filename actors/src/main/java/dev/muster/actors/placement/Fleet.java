package dev.muster.actors.placement;

import dev.muster.journal.event.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The hosts in service and what they have promised to replicas, at one instant. Immutable; whoever
 * places several replicas one after the other goes on with the fleet that the step before made.
 *
 * @param bounded false where hosts are not told apart, and everything has room everywhere
 * @param hosts each name once
 */
public record Fleet(boolean bounded, List<HostLoad> hosts, PMap<ReplicaId, Claim> claims) {
  /** Nothing is known of hosts: all zones count as equally loaded, and all has room in each. */
  public static final Fleet UNBOUNDED = new Fleet(false, List.of(), HashTreePMap.empty());

  /** No host at all. */
  public static final Fleet EMPTY = new Fleet(true, List.of(), HashTreePMap.empty());

  public Fleet {
    hosts = List.copyOf(hosts);
  }

  // Loops instead of streams below: each decision of each cluster asks this for each of its zones.

  /** The least loaded host of a zone that has room, among equals the first by name. */
  public Optional<HostLoad> roomiest(String zone, Resources demand) {
    HostLoad best = null;
    for (HostLoad host : hosts) {
      if (host.zone().equals(zone)
          && host.hasRoomFor(demand)
          && (best == null || host.isRatherThan(best))) {
        best = host;
      }
    }
    return Optional.ofNullable(best);
  }

  public boolean hasRoom(String zone, Resources demand) {
    if (!bounded) {
      return true;
    }
    for (HostLoad host : hosts) {
      if (host.zone().equals(zone) && host.hasRoomFor(demand)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a zone, whichever, has room. */
  public boolean hasRoom(Resources demand) {
    return !bounded || hosts.stream().anyMatch(host -> host.hasRoomFor(demand));
  }

  public boolean hasHosts(String zone) {
    return !bounded || in(zone).findAny().isPresent();
  }

  /** How loaded a zone is for a replica: as its least loaded host with room is. */
  long load(String zone, Resources demand) {
    return roomiest(zone, demand).map(HostLoad::load).orElse(0L);
  }

  Stream<HostLoad> in(String zone) {
    return hosts.stream().filter(host -> host.zone().equals(zone));
  }

  /** The same with nothing left to give. */
  public Fleet exhausted() {
    return new Fleet(bounded, hosts.stream().map(HostLoad::full).toList(), claims);
  }

  /** With one more host, or the same one anew: what it had promised is promised no longer. */
  public Fleet with(HostLoad host) {
    List<HostLoad> more = new ArrayList<>(hosts);
    more.removeIf(same -> same.name().equals(host.name()));
    more.add(host);
    return new Fleet(bounded, more, claims);
  }

  /** With something more on a host, of which nobody will ask again. */
  public Fleet loaded(String host, Resources demand) {
    return new Fleet(bounded, changed(host, load -> load.with(demand)), claims);
  }

  /** The opposite: without what was {@link #loaded}. */
  public Fleet unloaded(String host, Resources demand) {
    return new Fleet(bounded, changed(host, load -> load.without(demand)), claims);
  }

  private List<HostLoad> changed(String name, UnaryOperator<HostLoad> change) {
    List<HostLoad> changed = new ArrayList<>(hosts);
    changed.replaceAll(host -> host.name().equals(name) ? change.apply(host) : host);
    return changed;
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
    return new Fleet(
        bounded,
        changed(claim.host(), load -> load.without(claim.demand())),
        claims.minus(replica));
  }

  /** With these hosts, as capacities go, and the places that replicas have. */
  public Fleet over(List<HostLoad> idleHosts) {
    Fleet fleet = new Fleet(bounded, idleHosts, HashTreePMap.empty());
    for (Claim claim : claims.values()) {
      fleet = fleet.with(claim);
    }
    return fleet;
  }
}

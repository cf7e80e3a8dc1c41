package dev.muster.actors.host;

import dev.muster.actors.host.LedgerClients.Client;
import dev.muster.actors.host.LedgerClients.Holding;
import dev.muster.actors.placement.Claim;
import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.placement.Zones;
import dev.muster.api.catalog.HostCatalogue;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaPlaced;
import dev.muster.journal.event.ClusterEvent.ReplicaWaiting;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The node's account of its zones and hosts: what they have, what is promised to whom, which zones
 * are in service. Safe for use by many threads, and nobody ever waits.
 *
 * <p>Nothing of it is durable, and nothing need be: a cluster's entity {@link #settle settles} what
 * its journal says, at every recovery and after every write; the environment's says which zones are
 * out. A decision is made on a snapshot of the account; before its events are written, the room
 * that it counts on is {@link #take taken}, so that two clusters never both count on the last of
 * it.
 *
 * <p>Whoever may have been waiting for what has become free is told to look again.
 */
public final class HostLedger {
  private final SizeCatalogue sizes;
  private final Demand demand;
  private final List<String> configuredZones;
  private volatile List<HostLoad> allHosts;
  private final AtomicReference<Account> account;
  private final LedgerClients clients = new LedgerClients();
  private final Set<ClusterId> unknown = ConcurrentHashMap.newKeySet();
  private final List<Consumer<Set<String>>> zoneListeners = new CopyOnWriteArrayList<>();

  /** One instant of it. */
  private record Account(Zones zones, Fleet fleet, Set<String> zonesOut) {}

  /**
   * @param configuredZones in the order of the configuration
   * @param hosts of this node, at least one for each zone; idle
   */
  public HostLedger(
      List<String> configuredZones, List<HostLoad> hosts, SizeCatalogue sizes, Demand demand) {
    this.configuredZones = List.copyOf(configuredZones);
    this.allHosts = List.copyOf(hosts);
    this.sizes = sizes;
    this.demand = demand;
    this.account = new AtomicReference<>(open(Fleet.EMPTY, Set.of()));
  }

  private HostLedger(List<String> configuredZones, SizeCatalogue sizes) {
    this.configuredZones = List.copyOf(configuredZones);
    this.allHosts = List.of();
    this.sizes = sizes;
    this.demand = Demand.NOMINAL;
    this.account = new AtomicReference<>(open(Fleet.UNBOUNDED, Set.of()));
  }

  /** Hosts are not told apart, and there is room for everything. */
  public static HostLedger unbounded(List<String> configuredZones, SizeCatalogue sizes) {
    return new HostLedger(configuredZones, sizes);
  }

  private Account open(Fleet before, Set<String> zonesOut) {
    Fleet fleet =
        before.over(allHosts.stream().filter(host -> !zonesOut.contains(host.zone())).toList());
    Set<String> usable =
        configuredZones.stream()
            .filter(zone -> !zonesOut.contains(zone) && fleet.hasHosts(zone))
            .collect(Collectors.toSet());
    return new Account(new Zones(configuredZones, usable), fleet, Set.copyOf(zonesOut));
  }

  public Zones zones() {
    return account.get().zones();
  }

  public Fleet fleet() {
    return account.get().fleet();
  }

  /**
   * What Muster may give away by itself: nothing as long as it is not known who holds what, as
   * after a start.
   */
  public Fleet fleetToGive() {
    return unknown.isEmpty() ? fleet() : fleet().exhausted();
  }

  public Demand demand() {
    return demand;
  }

  /** All of this node's hosts, in service or not, for the catalog. */
  public HostCatalogue catalogue() {
    return new HostCatalogue(
        configuredZones,
        allHosts.stream()
            .map(
                host ->
                    new HostCatalogue.Host(
                        host.name(),
                        host.zone(),
                        limit(host.capacity().cpuNanoCores()),
                        limit(host.capacity().memoryBytes())))
            .toList(),
        sizes.all().stream()
            .map(
                size ->
                    new HostCatalogue.Taking(
                        size.name(), demand.of(size).cpuNanoCores(), demand.of(size).memoryBytes()))
            .toList());
  }

  private static Optional<Long> limit(long amount) {
    return amount == Long.MAX_VALUE ? Optional.empty() : Optional.of(amount);
  }

  /**
   * Takes the room that a decision counts on, all of it or nothing.
   *
   * @param events what was decided
   * @return whether it was there
   */
  public boolean take(ClusterId cluster, ClusterState state, List<ClusterEvent> events) {
    Set<ReplicaId> going = new HashSet<>();
    Map<ReplicaId, Seeker> coming = new LinkedHashMap<>();
    for (ClusterEvent event : events) {
      if (event instanceof ReplicaAdded added) {
        coming.put(added.id(), new Seeker(added.id(), added.zone(), added.size()));
      } else if (event instanceof ReplicaWaiting waiting) {
        coming.remove(waiting.id());
      } else if (event instanceof ReplicaPlaced placed) {
        coming.put(placed.id(), new Seeker(placed.id(), placed.zone(), size(state, placed.id())));
      } else if (event instanceof ReplicaDropped dropped) {
        coming.remove(dropped.id());
        going.add(dropped.id());
      } else if (event instanceof ReconfigurationFinished cutOver) {
        going.addAll(cutOver.retired());
      }
    }
    return exchange(cluster, going, coming.values());
  }

  private static String size(ClusterState state, ReplicaId id) {
    return state instanceof ClusterState.Live live
        ? live.replicas().stream()
            .filter(replica -> replica.id().equals(id))
            .map(Replica::size)
            .findFirst()
            .orElse("")
        : "";
  }

  /** A replica that is to be placed. */
  private record Seeker(ReplicaId id, String zone, String size) {}

  private boolean exchange(
      ClusterId cluster, Collection<ReplicaId> going, Collection<Seeker> coming) {
    if (coming.isEmpty() || !fleet().bounded()) {
      return true;
    }
    Set<ReplicaId> ids = coming.stream().map(Seeker::id).collect(Collectors.toSet());
    Account before;
    Fleet with;
    do {
      before = account.get();
      Fleet freed = before.fleet();
      for (ReplicaId id : going) {
        freed = freed.without(id);
      }
      with = before.fleet();
      for (Seeker seeker : coming) {
        Resources asked = demand(seeker.size());
        Optional<HostLoad> host = freed.roomiest(seeker.zone(), asked);
        if (host.isEmpty()) {
          return false;
        }
        Claim claim = new Claim(seeker.id(), host.get().name(), asked);
        freed = freed.with(claim);
        with = with.with(claim);
      }
    } while (!account.compareAndSet(before, new Account(before.zones(), with, before.zonesOut())));
    clients.addClaims(cluster, ids);
    return true;
  }

  /**
   * What a cluster's journal says: exactly these replicas have places, whatever was taken or given
   * before, and those wait for one.
   *
   * @param lookAgain tells the cluster that there may be something to do
   */
  public void settle(ClusterId cluster, ClusterState state, Runnable lookAgain) {
    List<Replica> replicas = state instanceof ClusterState.Live live ? live.replicas() : List.of();
    Client now = client(replicas, lookAgain);
    Set<ReplicaId> claims = now.claims();
    Set<ReplicaId> before = clients.put(cluster, now);
    boolean released = !claims.containsAll(before);
    Fleet earlier = fleet();
    if (released || !before.containsAll(claims)) {
      change(fleet -> held(fleet, replicas, claims, before));
    }
    boolean complete = unknown.remove(cluster) && unknown.isEmpty();
    if (complete) {
      clients.all().forEach(client -> client.lookAgain().run());
    } else if (released) {
      wakeWaiting(earlier);
    } else if (hasRoomFor(now)) {
      lookAgain.run();
    }
  }

  private Client client(List<Replica> replicas, Runnable lookAgain) {
    Set<ReplicaId> claims = new HashSet<>();
    Set<Holding> holdings = new HashSet<>();
    Set<Resources> waiting = new HashSet<>();
    HybridTime since = HybridTime.ZERO;
    for (Replica replica : replicas) {
      Resources asked = demand(replica.size());
      if (replica.waiting().isEmpty()) {
        claims.add(replica.id());
        holdings.add(new Holding(replica.zone(), asked));
      } else {
        HybridTime its = replica.progress().since();
        since = waiting.isEmpty() || its.compareTo(since) < 0 ? its : since;
        waiting.add(asked);
      }
    }
    return new Client(claims, waiting, since, holdings, lookAgain);
  }

  private Fleet held(
      Fleet fleet, List<Replica> replicas, Set<ReplicaId> claims, Set<ReplicaId> before) {
    Fleet after = fleet;
    for (ReplicaId id : before) {
      if (!claims.contains(id)) {
        after = after.without(id);
      }
    }
    for (Replica replica : replicas) {
      if (claims.contains(replica.id()) && !after.claims().containsKey(replica.id())) {
        after = after.with(claim(replica, after));
      }
    }
    return after;
  }

  /** What is there is there, even where it is more than a host should have. */
  private Claim claim(Replica replica, Fleet fleet) {
    Resources asked = demand(replica.size());
    String host =
        fleet
            .roomiest(replica.zone(), asked)
            .or(() -> fleet.roomiest(replica.zone(), Resources.NONE))
            .map(HostLoad::name)
            .orElseGet(() -> anyHost(replica.zone()));
    return new Claim(replica.id(), host, asked);
  }

  /** Of a zone that is out of service: it has its host again when the zone is back. */
  private String anyHost(String zone) {
    return allHosts.stream()
        .filter(host -> host.zone().equals(zone))
        .map(HostLoad::name)
        .findFirst()
        .orElse("");
  }

  private Resources demand(String size) {
    return sizes.find(size).map(demand::of).orElse(Resources.NONE);
  }

  /** The cluster's entity is here no longer. */
  public void forget(ClusterId cluster) {
    settle(cluster, new ClusterState.Absent(), () -> {});
    clients.remove(cluster);
  }

  /** These clusters have yet to say what they hold; until then Muster gives nothing away. */
  public void expect(Collection<ClusterId> clusters) {
    clusters.stream().filter(id -> !clients.contains(id)).forEach(unknown::add);
    // Whoever has settled meanwhile is not waited for.
    unknown.removeIf(clients::contains);
  }

  /** All hosts that are known: those of this node, until others are told of. */
  public List<HostLoad> hosts() {
    return allHosts;
  }

  /**
   * Exactly these hosts are there, of all nodes: what is placed on others waits for them, and a
   * zone without any is lost.
   *
   * @param hosts idle; what they have promised is known already
   */
  public void hosts(List<HostLoad> hosts) {
    if (Set.copyOf(hosts).equals(Set.copyOf(allHosts))) {
      return;
    }
    allHosts = List.copyOf(hosts);
    account.updateAndGet(before -> open(before.fleet(), before.zonesOut()));
    clients.all().forEach(client -> client.lookAgain().run());
  }

  /** Exactly these zones are out of service. */
  public void takeOut(Set<String> zonesOut) {
    if (account.get().zonesOut().equals(zonesOut)) {
      return;
    }
    account.updateAndGet(before -> open(before.fleet(), zonesOut));
    zoneListeners.forEach(listener -> listener.accept(Set.copyOf(zonesOut)));
    clients.all().forEach(client -> client.lookAgain().run());
  }

  /** Is told which zones are out of service, now and whenever that changes. */
  public void onZones(Consumer<Set<String>> listener) {
    zoneListeners.add(listener);
    listener.accept(account.get().zonesOut());
  }

  private void change(UnaryOperator<Fleet> change) {
    account.updateAndGet(
        before -> new Account(before.zones(), change.apply(before.fleet()), before.zonesOut()));
  }

  /** Whom the room that has become free may concern; who has waited the longest is told first. */
  private void wakeWaiting(Fleet before) {
    Zones zones = zones();
    Fleet now = fleetToGive();
    clients
        .wanting(
            now::hasRoom,
            held ->
                isLostButHasRoom(held, zones, now) || hasOpened(held.taken(), zones, before, now))
        .forEach(client -> client.lookAgain().run());
  }

  /** Where there is room in a zone that had none, whoever is crowded elsewhere may go there. */
  private static boolean hasOpened(Resources taken, Zones zones, Fleet before, Fleet now) {
    return zones.usable().stream()
        .anyMatch(zone -> now.hasRoom(zone, taken) && !before.hasRoom(zone, taken));
  }

  private static boolean isLostButHasRoom(Holding held, Zones zones, Fleet now) {
    return zones.isLost(held.zone()) && now.hasRoom(held.taken());
  }

  private boolean hasRoomFor(Client client) {
    Zones zones = zones();
    Fleet now = fleetToGive();
    return client.waiting().stream().anyMatch(now::hasRoom)
        || client.holdings().stream().anyMatch(held -> isLostButHasRoom(held, zones, now));
  }
}

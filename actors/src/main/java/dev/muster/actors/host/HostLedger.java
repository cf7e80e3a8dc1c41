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
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ZoneOutage;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
  private final AtomicReference<Account> account;
  private final LedgerClients clients = new LedgerClients();
  private final Set<ClusterId> unknown = ConcurrentHashMap.newKeySet();
  private final List<Consumer<Set<String>>> zoneListeners = new CopyOnWriteArrayList<>();
  private volatile boolean allKnown = true;
  private volatile Map<String, ZoneOutage> outages = Map.of();
  private volatile HostCatalogue catalogue;

  /**
   * @param configuredZones in the order of the configuration
   * @param hosts of this node, at least one for each zone; idle
   */
  public HostLedger(
      List<String> configuredZones, List<HostLoad> hosts, SizeCatalogue sizes, Demand demand) {
    this.sizes = sizes;
    this.demand = demand;
    this.account =
        new AtomicReference<>(Account.open(List.copyOf(configuredZones), hosts, Fleet.EMPTY));
    describe();
  }

  private HostLedger(List<String> configuredZones, SizeCatalogue sizes) {
    this.sizes = sizes;
    this.demand = Demand.NOMINAL;
    this.account =
        new AtomicReference<>(
            Account.open(List.copyOf(configuredZones), List.of(), Fleet.UNBOUNDED));
    describe();
  }

  /** Hosts are not told apart, and there is room for everything. */
  public static HostLedger unbounded(List<String> configuredZones, SizeCatalogue sizes) {
    return new HostLedger(configuredZones, sizes);
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

  /** Zones and hosts in service. */
  public record InService(Zones zones, Fleet fleet) {}

  /** As it would be with exactly these zones out of service. */
  public InService without(Set<String> zonesOut) {
    Account then = account.get().withOutages(zonesOut, Long.MAX_VALUE);
    return new InService(then.zones(), then.fleet());
  }

  /** All hosts that are known, in service or not; another object when they have changed. */
  public HostCatalogue catalogue() {
    return catalogue;
  }

  private void describe() {
    Account now = account.get();
    catalogue = HostCatalogues.of(now.configured(), now.hosts(), sizes, demand);
  }

  /**
   * Takes the room that a decision counts on, all of it or nothing.
   *
   * @param events what was decided
   * @return whether it was there
   */
  public boolean take(ClusterId cluster, ClusterState state, List<ClusterEvent> events) {
    Seeker.Exchange exchange = Seeker.of(state, events);
    Collection<Seeker> coming = exchange.coming();
    if (coming.isEmpty() || !fleet().bounded()) {
      return true;
    }
    Set<ReplicaId> ids = coming.stream().map(Seeker::id).collect(Collectors.toSet());
    Account before;
    Fleet with;
    do {
      before = account.get();
      Fleet freed = before.fleet();
      for (ReplicaId id : exchange.going()) {
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
    } while (!account.compareAndSet(before, before.with(with)));
    clients.addClaims(cluster, ids);
    return true;
  }

  /**
   * What a cluster's journal says, by its entity on this node: exactly these replicas have places,
   * whatever was taken or given before, and those wait for one.
   *
   * @param sequenceNumber of the cluster's last event
   * @param lookAgain tells the cluster that there may be something to do
   */
  public void settle(
      ClusterId cluster, ClusterState state, long sequenceNumber, Runnable lookAgain) {
    List<Replica> replicas = replicas(state);
    settle(cluster, replicas, client(replicas, sequenceNumber, true, lookAgain));
  }

  /**
   * The same, of a cluster whose entity is on another node. Of no account where its entity is on
   * this one, or has said something later before it went.
   */
  public void settleElsewhere(ClusterId cluster, ClusterState state, long sequenceNumber) {
    if (clients.isNews(cluster, sequenceNumber)) {
      List<Replica> replicas = replicas(state);
      settle(cluster, replicas, client(replicas, sequenceNumber, false, () -> {}));
    }
  }

  private static List<Replica> replicas(ClusterState state) {
    return state instanceof ClusterState.Live live ? live.replicas() : List.of();
  }

  private void settle(ClusterId cluster, List<Replica> replicas, Client now) {
    Fleet earlier = fleet();
    Optional<Set<ReplicaId>> had =
        clients.put(
            cluster, now, before -> change(fleet -> held(fleet, replicas, now.claims(), before)));
    if (had.isEmpty()) {
      return;
    }
    boolean complete = unknown.remove(cluster) && unknown.isEmpty();
    if (complete) {
      clients.all().forEach(client -> client.lookAgain().run());
    } else if (!now.claims().containsAll(had.get())) {
      wakeWaiting(earlier);
    } else if (hasRoomFor(now)) {
      now.lookAgain().run();
    }
  }

  private Client client(
      List<Replica> replicas, long sequenceNumber, boolean here, Runnable lookAgain) {
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
    return new Client(claims, waiting, since, holdings, lookAgain, sequenceNumber, here);
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
      Claim claim = after.claims().get(replica.id());
      if (claims.contains(replica.id()) && (claim == null || runsElsewhere(replica, claim))) {
        after = after.with(claim(replica, after.without(replica.id())));
      }
    }
    return after;
  }

  private boolean runsElsewhere(Replica replica, Claim claim) {
    return runsOn(replica).filter(host -> !host.equals(claim.host())).isPresent();
  }

  /** The host that the journal says, where it is one that is known. */
  private Optional<String> runsOn(Replica replica) {
    return ReplicaHost.of(replica.progress()).filter(account.get()::knows);
  }

  /** What is there is there, even where it is more than a host should have. */
  private Claim claim(Replica replica, Fleet fleet) {
    Resources asked = demand(replica.size());
    String host =
        runsOn(replica)
            .or(() -> fleet.roomiest(replica.zone(), asked).map(HostLoad::name))
            .or(() -> fleet.roomiest(replica.zone(), Resources.NONE).map(HostLoad::name))
            .orElseGet(() -> account.get().anyHost(replica.zone()));
    return new Claim(replica.id(), host, asked);
  }

  private Resources demand(String size) {
    return sizes.find(size).map(demand::of).orElse(Resources.NONE);
  }

  /**
   * A host has refused a replica of this node's: another node has given away the same room. The
   * host counts as full until that is in this account.
   */
  public void refused(ReplicaId replica, String host) {
    account.updateAndGet(before -> before.refused(replica, host));
  }

  /** One more round of what the others hold is in the account. */
  void heard() {
    Account before = account.getAndUpdate(Account::heard);
    if (!before.refusals().isEmpty()) {
      wakeWaiting(before.fleet());
    }
  }

  /** The cluster is no more: nothing is held for it. */
  public void forget(ClusterId cluster) {
    settle(cluster, new ClusterState.Absent(), 0, () -> {});
    clients.remove(cluster);
  }

  /** Its entity is here no longer, and what it holds is in use all the same. */
  public void leave(ClusterId cluster) {
    if (clients.leave(cluster)) {
      unknown.remove(cluster);
    } else {
      forget(cluster);
    }
  }

  /** Of the clusters whose entities are on other nodes there are these; others are no more. */
  public void keepElsewhere(Predicate<ClusterId> known) {
    for (ClusterId id : clients.elsewhere()) {
      if (!known.test(id)) {
        settleElsewhere(id, new ClusterState.Absent(), Long.MAX_VALUE);
        clients.removeElsewhere(id);
      }
    }
  }

  /** These clusters have yet to say what they hold; until then Muster gives nothing away. */
  public void expect(Collection<ClusterId> clusters) {
    clusters.stream().filter(id -> !clients.contains(id)).forEach(unknown::add);
    // Whoever has settled meanwhile is not waited for.
    unknown.removeIf(clients::contains);
  }

  /** All hosts that are known: those of this node, until others are told of. */
  public List<HostLoad> hosts() {
    return account.get().hosts();
  }

  /**
   * Exactly these hosts are there, of all nodes: what is placed on others waits for them, and a
   * zone without any is lost.
   *
   * @param hosts idle; what they have promised is known already
   * @param complete whether there can be no others of which nothing has been heard yet
   */
  public void hosts(List<HostLoad> hosts, boolean complete) {
    allKnown = complete;
    if (Set.copyOf(hosts).equals(Set.copyOf(hosts()))) {
      return;
    }
    account.updateAndGet(before -> before.withHosts(hosts));
    describe();
    clients.inOrder().forEach(client -> client.lookAgain().run());
  }

  /** Whether a host that is not there counts as one that comes back. */
  public boolean mayComeBack(String host) {
    return !allKnown || account.get().knows(host);
  }

  /** Whether a zone is without any host, and not only unheard of. */
  public Optional<HostLoss> lossOf(String zone) {
    return account.get().lossOf(zone, allKnown, outages);
  }

  /** The host on which a replica has its place. */
  public Optional<String> placeOf(ReplicaId replica) {
    return Optional.ofNullable(fleet().claims().get(replica)).map(Claim::host);
  }

  /**
   * Exactly these zones are out of service. Of no account where something later is known already.
   *
   * @param known by zone
   * @param sequenceNumber of the environment's event that this is known from
   */
  public void takeOut(Map<String, ZoneOutage> known, long sequenceNumber) {
    if (sequenceNumber >= account.get().outagesAt()) {
      outages = Map.copyOf(known);
    }
    Set<String> zonesOut = known.keySet();
    Account before = account.getAndUpdate(one -> one.withOutages(zonesOut, sequenceNumber));
    if (sequenceNumber >= before.outagesAt() && !before.zonesOut().equals(zonesOut)) {
      synchronized (zoneListeners) {
        // What is told last is what is so, whoever else is telling.
        zoneListeners.forEach(listener -> listener.accept(account.get().zonesOut()));
      }
      clients.inOrder().forEach(client -> client.lookAgain().run());
    }
  }

  /** Is told which zones are out of service, now and whenever that changes. */
  public void onZones(Consumer<Set<String>> listener) {
    synchronized (zoneListeners) {
      zoneListeners.add(listener);
      listener.accept(account.get().zonesOut());
    }
  }

  private void change(UnaryOperator<Fleet> change) {
    account.updateAndGet(before -> before.with(change.apply(before.fleet())));
  }

  /** Whom the room that has become free may concern; who has waited the longest is told first. */
  private void wakeWaiting(Fleet before) {
    Zones zones = zones();
    Fleet now = fleetToGive();
    clients
        .wanting(
            now::hasRoom,
            held ->
                hasOpened(held.taken(), zones, before, now)
                    || isLostButHasRoom(held, zones, now) && !before.hasRoom(held.taken()))
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

package dev.muster.actors.host;

import dev.muster.actors.gather.Gathered;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keeps a node's account of zones and hosts up to date with the other nodes: their hosts, what
 * their clusters hold, and which zones are out of service. Not safe for use by many threads.
 *
 * <p>A host whose node has gone stays in the account for the time of its lease: its replicas run
 * on, and a node that is restarted has them back in seconds. Only then is it lost, and with the
 * last one of a zone the zone: what stood there is placed elsewhere, and what the host still runs
 * it stops when it is back, since no cluster asks for it any more. After a start a host is expected
 * in every configured zone for as long: the other nodes may be starting too.
 */
public final class FleetFollower implements Consumer<Gathered> {
  private static final long SETTLE_ALL_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
  private static final Resources UNKNOWN = new Resources(Long.MAX_VALUE, Long.MAX_VALUE);

  private final HostLedger ledger;
  private final long leaseNanos;
  private final LongSupplier nanoTime;
  private final long startedAtNanos;
  private final Map<String, Seen> hosts = new TreeMap<>();
  private CatalogSnapshot settled = CatalogSnapshot.EMPTY;
  private long ownWithdrawals;
  private long settledAllAtNanos;

  private record Seen(HostLoad host, long atNanos) {}

  public FleetFollower(HostLedger ledger, Duration lease, LongSupplier nanoTime) {
    this.ledger = ledger;
    this.leaseNanos = lease.toNanos();
    this.nanoTime = nanoTime;
    this.startedAtNanos = nanoTime.getAsLong();
    this.settledAllAtNanos = startedAtNanos;
    long now = startedAtNanos;
    ledger.hosts().forEach(host -> hosts.put(host.name(), new Seen(host, now)));
    ledger.zones().configured().stream()
        .filter(zone -> ledger.hosts().stream().noneMatch(host -> host.zone().equals(zone)))
        .map(zone -> HostLoad.idle(HostNames.expected(zone), zone, UNKNOWN))
        .forEach(host -> hosts.put(host.name(), new Seen(host, now)));
    ledger.hosts(known(), false);
  }

  private List<HostLoad> known() {
    return hosts.values().stream().map(Seen::host).toList();
  }

  @Override
  public void accept(Gathered gathered) {
    long now = nanoTime.getAsLong();
    gathered.hosts().values().stream()
        .flatMap(List::stream)
        .forEach(
            host -> {
              hosts.put(host.name(), new Seen(host, now));
              hosts.remove(HostNames.expected(host.zone()));
            });
    hosts.values().removeIf(seen -> now - seen.atNanos() > leaseNanos);
    ledger.hosts(known(), now - startedAtNanos > leaseNanos);
    if (gathered.all().environment().state().environmentId().isPresent()) {
      ledger.takeOut(
          gathered.all().environment().state().zoneOutages(),
          gathered.all().environment().sequenceNumber());
    }
    settleOthers(gathered, now);
    ledger.heard();
  }

  /**
   * What the clusters of other nodes hold; those of this one say so themselves, and what a round
   * tells of them may be older. Only what has changed since the last round; all of it from time to
   * time, and where clusters have left this node: what was told of them before was of no account.
   */
  private void settleOthers(Gathered gathered, long now) {
    CatalogSnapshot all = gathered.all();
    boolean everything =
        now - settledAllAtNanos >= SETTLE_ALL_EVERY_NANOS
            || gathered.own().withdrawals() != ownWithdrawals;
    Collection<ClusterId> changed =
        (everything
                ? Optional.<Set<ClusterId>>empty()
                : all.stateChange().clustersSince(settled.stateChange()))
            .orElseGet(() -> all.clusters().keySet());
    for (ClusterId id : changed) {
      Published<ClusterState> row = all.clusters().get(id);
      if (row != null) {
        ledger.settleElsewhere(id, row.state(), row.sequenceNumber());
      }
    }
    EnvironmentState environment = all.environment().state();
    if (environment.environmentId().isPresent()
        && (everything
            || all.withdrawals() != settled.withdrawals()
            || all.environment() != settled.environment())) {
      ledger.keepElsewhere(
          id -> all.clusters().containsKey(id) || environment.clusters().containsKey(id));
    }
    if (everything) {
      settledAllAtNanos = now;
      ownWithdrawals = gathered.own().withdrawals();
    }
    settled = all;
  }
}

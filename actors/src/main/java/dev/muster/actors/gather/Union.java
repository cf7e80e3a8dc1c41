package dev.muster.actors.gather;

import dev.muster.actors.placement.HostLoad;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.catalog.Published;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of all nodes as one catalog. Where two nodes have a row, as for a moment in a hand-over,
 * the one with more events is it. Not safe for use by many threads, but for the store that it
 * fills.
 */
final class Union {
  private final CatalogStore store = new CatalogStore();
  private final Map<String, NodeRows> byNode = new HashMap<>();
  private final Rows decoder;

  /** What one node has told. */
  private static final class NodeRows {
    private Versioned<EnvironmentState> environment;
    private final Map<ClusterId, Versioned<ClusterState>> clusters = new HashMap<>();
    private final Map<ClusterId, String> damaged = new HashMap<>();
    private final Set<ReplicaId> observations = new HashSet<>();
    private List<HostLoad> hosts = List.of();
  }

  private record Versioned<S>(long sequenceNumber, S state) {}

  /**
   * @param decoder of the node's own sessions too: what is its own need not be decoded
   */
  Union(Rows decoder) {
    this.decoder = decoder;
  }

  CatalogSnapshot snapshot() {
    return store.snapshot();
  }

  void apply(CatalogPart part) {
    if (part.whole()) {
      forget(part.node());
    }
    NodeRows rows = byNode.computeIfAbsent(part.node(), node -> new NodeRows());
    for (CatalogPart.Row row : part.clusters()) {
      ClusterId id = new ClusterId(row.id());
      rows.clusters.put(id, versioned(row, ClusterState.class));
      rows.damaged.remove(id);
      alignCluster(id);
    }
    part.clustersGone().forEach(rows.damaged::remove);
    part.damaged().forEach(damaged -> rows.damaged.put(damaged.id(), damaged.reason()));
    for (ClusterId id : part.clustersGone()) {
      rows.clusters.remove(id);
      alignCluster(id);
    }
    part.environment().ifPresent(row -> rows.environment = versioned(row, EnvironmentState.class));
    if (!part.environmentHere()) {
      rows.environment = null;
    }
    alignEnvironment();
    part.observations()
        .forEach(
            observation -> {
              rows.observations.add(observation.id());
              store.publish(observation);
            });
    part.observationsGone()
        .forEach(
            id -> {
              if (rows.observations.remove(id)) {
                store.withdraw(id);
              }
            });
    rows.hosts = part.hosts();
  }

  /** The node is a member no longer: whatever it had published, its entities live elsewhere now. */
  void forget(String node) {
    NodeRows rows = byNode.remove(node);
    if (rows != null) {
      rows.clusters.keySet().forEach(this::alignCluster);
      rows.damaged.keySet().forEach(this::alignCluster);
      rows.observations.forEach(store::withdraw);
      alignEnvironment();
    }
  }

  List<HostLoad> hosts(String node) {
    NodeRows rows = byNode.get(node);
    return rows == null ? List.of() : rows.hosts;
  }

  Collection<String> nodes() {
    return List.copyOf(byNode.keySet());
  }

  private void alignCluster(ClusterId id) {
    Optional<Versioned<ClusterState>> best =
        byNode.values().stream()
            .map(rows -> rows.clusters.get(id))
            .filter(Objects::nonNull)
            .max(Comparator.comparingLong(Versioned::sequenceNumber));
    Published<ClusterState> known = store.snapshot().clusters().get(id);
    if (best.isEmpty()) {
      Optional<String> reason = damage(id);
      if (reason.isPresent()) {
        store.damaged(id, reason.get());
      } else if (store.snapshot().isKnown(id)) {
        store.withdraw(id);
      }
    } else if (known == null
        || known.sequenceNumber() != best.get().sequenceNumber()
        || !known.state().equals(best.get().state())) {
      store.publish(id, best.get().state(), best.get().sequenceNumber());
    }
  }

  /** Whoever can read it is right. */
  private Optional<String> damage(ClusterId id) {
    return byNode.values().stream()
        .map(rows -> rows.damaged.get(id))
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder());
  }

  private void alignEnvironment() {
    Optional<Versioned<EnvironmentState>> best =
        byNode.values().stream()
            .map(rows -> rows.environment)
            .filter(Objects::nonNull)
            .max(Comparator.comparingLong(Versioned::sequenceNumber));
    Published<EnvironmentState> known = store.snapshot().environment();
    boolean wasThere = known.state().environmentId().isPresent();
    if (best.isEmpty()) {
      if (wasThere) {
        store.withdrawEnvironment();
      }
    } else if (!wasThere || known.sequenceNumber() != best.get().sequenceNumber()) {
      EnvironmentState state = best.get().state();
      store.publish(state, best.get().sequenceNumber(), touched(known.state(), state));
    }
  }

  private static Set<ClusterId> touched(EnvironmentState before, EnvironmentState after) {
    Set<ClusterId> touched = new HashSet<>(before.clusters().keySet());
    touched.removeAll(after.clusters().keySet());
    for (Map.Entry<ClusterId, ClusterEntry> entry : after.clusters().entrySet()) {
      if (!entry.getValue().equals(before.clusters().get(entry.getKey()))) {
        touched.add(entry.getKey());
      }
    }
    // Also those that came and went since the last round: history has them all the same.
    for (long id = before.lastSystemId() + 1; id <= after.lastSystemId(); id++) {
      touched.add(ClusterId.system(id));
    }
    for (long id = before.lastUserId() + 1; id <= after.lastUserId(); id++) {
      touched.add(ClusterId.user(id));
    }
    touched.addAll(before.dropping());
    touched.addAll(after.dropping());
    before.replicaDrops().forEach(id -> touched.add(id.cluster()));
    after.replicaDrops().forEach(id -> touched.add(id.cluster()));
    return touched;
  }

  private <S> Versioned<S> versioned(CatalogPart.Row row, Class<S> type) {
    return new Versioned<>(row.sequenceNumber(), type.cast(decoder.state(row)));
  }
}

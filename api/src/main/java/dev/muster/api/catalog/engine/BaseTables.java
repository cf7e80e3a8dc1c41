package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.api.catalog.history.HistoryRows;
import dev.muster.api.catalog.history.JournalHistory;
import dev.muster.api.catalog.relation.BaseTable;
import dev.muster.api.catalog.relation.Feed;
import dev.muster.api.catalog.relation.StateRows;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Replica;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBConnection;
import org.pcollections.PMap;

/**
 * Brings the base tables up to a snapshot: only what differs from the snapshot before is touched.
 * Snapshots may come in any order; an older one is passed over, since what is there is newer.
 */
final class BaseTables {
  private final StateRows rows;
  private CatalogSnapshot state = CatalogSnapshot.EMPTY;
  private CatalogSnapshot observed = CatalogSnapshot.EMPTY;

  private final JournalHistory history;

  BaseTables(StateRows rows, JournalHistory history) {
    this.rows = rows;
    this.history = history;
  }

  /** Applies what the feeds that are needed have newer. */
  synchronized void refresh(DuckDBConnection connection, CatalogSnapshot snapshot, Set<Feed> needed)
      throws SQLException {
    if (needed.contains(Feed.STATE) && snapshot.revision() > state.revision()) {
      refreshState(connection, snapshot);
      state = snapshot;
    }
    if (needed.contains(Feed.OBSERVATIONS) && snapshot.revision() > observed.revision()) {
      refreshObservations(connection, snapshot);
      observed = snapshot;
    }
    if (needed.contains(Feed.HISTORY)) {
      history.take(past -> insertHistory(connection, past));
    }
  }

  private static void insertHistory(DuckDBConnection connection, HistoryRows past)
      throws SQLException {
    try (Replacement replacement = new Replacement(connection)) {
      replacement.replace(BaseTable.REPLICA_HISTORY, past.replicas());
      replacement.replace(BaseTable.CLUSTER_NAME, past.clusterNames());
      replacement.insert(BaseTable.STATUS_HISTORY, past.statuses());
      replacement.insert(BaseTable.NAME_HISTORY, past.names());
      replacement.commit();
    }
  }

  private void refreshState(DuckDBConnection connection, CatalogSnapshot snapshot)
      throws SQLException {
    Set<ClusterId> changed = changedClusters(snapshot);
    boolean roles = snapshot.environment().state().roles() != state.environment().state().roles();
    if (changed.isEmpty() && !roles) {
      return;
    }
    try (Replacement replacement = new Replacement(connection)) {
      if (!changed.isEmpty()) {
        replaceClusters(replacement, snapshot, changed);
      }
      if (roles) {
        replacement.replaceAll(
            BaseTable.ROLE,
            snapshot.environment().state().roles().values().stream().map(rows::role).toList());
      }
      replacement.commit();
    }
  }

  private void replaceClusters(
      Replacement replacement, CatalogSnapshot snapshot, Set<ClusterId> changed)
      throws SQLException {
    EnvironmentState environment = snapshot.environment().state();
    List<List<Object>> clusters = new ArrayList<>();
    List<List<Object>> replicas = new ArrayList<>();
    for (ClusterId id : changed) {
      ClusterEntry entry = environment.clusters().get(id);
      Published<ClusterState> published = snapshot.clusters().get(id);
      if (entry != null
          && entry.creating().isEmpty()
          && published != null
          && published.state() instanceof ClusterState.Live live) {
        clusters.add(rows.cluster(entry, live, environment));
        for (Replica replica : live.replicas()) {
          if (StateRows.visible(replica.id(), environment)) {
            replicas.add(rows.replica(entry, replica, environment));
          }
        }
      }
    }
    List<String> keys = changed.stream().map(ClusterId::value).toList();
    replacement.replace(BaseTable.CLUSTER, keys, clusters);
    replacement.replace(BaseTable.REPLICA, keys, replicas);
  }

  /** Those whose rows may differ: the state, the name, the owner, or a replica's drop changed. */
  private Set<ClusterId> changedClusters(CatalogSnapshot snapshot) {
    Set<ClusterId> changed = new HashSet<>();
    difference(state.clusters(), snapshot.clusters(), changed);
    EnvironmentState before = state.environment().state();
    EnvironmentState after = snapshot.environment().state();
    if (before != after) {
      difference(before.clusters(), after.clusters(), changed);
      if (before.roles() != after.roles()) {
        changed.addAll(after.clusters().keySet());
      }
      for (ReplicaId id : symmetricDifference(before.replicaDrops(), after.replicaDrops())) {
        changed.add(id.cluster());
      }
    }
    return changed;
  }

  private void refreshObservations(DuckDBConnection connection, CatalogSnapshot snapshot)
      throws SQLException {
    Set<ReplicaId> changed = new HashSet<>();
    difference(observed.observations(), snapshot.observations(), changed);
    if (changed.isEmpty()) {
      return;
    }
    List<List<Object>> inserted = new ArrayList<>();
    for (ReplicaId id : changed) {
      ReplicaObservation seen = snapshot.observations().get(id);
      if (seen != null) {
        inserted.add(observation(seen));
      }
    }
    try (Replacement replacement = new Replacement(connection)) {
      replacement.replace(
          BaseTable.OBSERVATION, changed.stream().map(ReplicaId::value).toList(), inserted);
      replacement.commit();
    }
  }

  private static List<Object> observation(ReplicaObservation seen) {
    return Arrays.asList(
        seen.id().value(),
        seen.at(),
        seen.objectsDone(),
        seen.objectsTotal(),
        seen.bytes(),
        seen.memoryBytes().orElse(null),
        seen.cpuNanoCores().orElse(null),
        seen.diskBytes().orElse(null));
  }

  /** Keys whose values are not the very same object: persistent maps share what did not change. */
  private static <K, V> void difference(PMap<K, V> before, PMap<K, V> after, Set<K> changed) {
    if (before == after) {
      return;
    }
    int found = 0;
    for (Map.Entry<K, V> entry : after.entrySet()) {
      V old = before.get(entry.getKey());
      if (old != null) {
        found++;
      }
      if (old != entry.getValue()) {
        changed.add(entry.getKey());
      }
    }
    if (found < before.size()) {
      for (K key : before.keySet()) {
        if (!after.containsKey(key)) {
          changed.add(key);
        }
      }
    }
  }

  private static <T> Set<T> symmetricDifference(Set<T> one, Set<T> other) {
    Set<T> result = new HashSet<>();
    one.stream().filter(item -> !other.contains(item)).forEach(result::add);
    other.stream().filter(item -> !one.contains(item)).forEach(result::add);
    return result;
  }
}

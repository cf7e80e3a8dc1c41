package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.api.catalog.history.HistoryRows;
import dev.muster.api.catalog.relation.BaseTable;
import dev.muster.api.catalog.relation.Feed;
import dev.muster.api.catalog.relation.StateRows;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.EnvironmentState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Brings the base tables up to a snapshot: only what differs from the snapshot before is touched.
 * Snapshots may come in any order; an older one is passed over, since what is there is newer.
 *
 * <p>Of a snapshot that lacks clusters which cannot be read only the environment is taken: the
 * tables of clusters have them all, for whoever runs by a snapshot from before.
 */
final class BaseTables {
  private final StateRows rows;
  private CatalogSnapshot environment = CatalogSnapshot.EMPTY;
  private CatalogSnapshot state = CatalogSnapshot.EMPTY;
  private CatalogSnapshot observed = CatalogSnapshot.EMPTY;

  BaseTables(StateRows rows) {
    this.rows = rows;
  }

  /**
   * Applies what the feeds that are needed have newer.
   *
   * @param snapshot whole, where clusters are needed
   */
  synchronized void refresh(EngineConnection connection, CatalogSnapshot snapshot, Set<Feed> needed)
      throws SQLException {
    boolean clusters = needed.contains(Feed.STATE);
    if (clusters || needed.contains(Feed.ENVIRONMENT)) {
      refreshState(connection, snapshot, clusters);
    }
    if (needed.contains(Feed.OBSERVATIONS) && snapshot.revision() > observed.revision()) {
      refreshObservations(connection, snapshot);
      observed = snapshot;
    }
  }

  /** Adds what was read from the journal, all or nothing. */
  static void insertHistory(EngineConnection connection, HistoryRows past) throws SQLException {
    try (Replacement replacement = new Replacement(connection)) {
      replacement.replace(BaseTable.REPLICA_HISTORY, past.replicas());
      replacement.replace(BaseTable.CLUSTER_NAME, past.clusterNames());
      replacement.insert(BaseTable.STATUS_HISTORY, past.statuses());
      replacement.insert(BaseTable.HYDRATION_HISTORY, past.hydrations());
      replacement.insert(BaseTable.NAME_HISTORY, past.names());
      replacement.insert(BaseTable.SCALING_HISTORY, past.scalings());
      replacement.insert(BaseTable.AUDIT_EVENT, past.audit());
      for (HistoryRows.Renaming renaming : past.renamings()) {
        AuditRenaming.carryOut(connection, renaming);
      }
      replacement.commit();
    }
  }

  /** In one transaction: whoever looks at clusters and at roles sees them of one instant. */
  private void refreshState(EngineConnection connection, CatalogSnapshot snapshot, boolean clusters)
      throws SQLException {
    boolean environmentIsNew = snapshot.revision() > environment.revision();
    boolean stateIsNew = clusters && snapshot.revision() > state.revision();
    EnvironmentState before = environment.environment().state();
    EnvironmentState after = snapshot.environment().state();
    Set<ClusterId> changed = stateIsNew ? changedClusters(snapshot) : Set.of();
    boolean roles = environmentIsNew && after.roles() != before.roles();
    boolean zones = environmentIsNew && after.zoneOutages() != before.zoneOutages();
    if (!changed.isEmpty() || roles || zones) {
      try (Replacement replacement = new Replacement(connection)) {
        if (!changed.isEmpty()) {
          replaceClusters(replacement, snapshot, changed);
        }
        if (roles) {
          replacement.replaceAll(
              BaseTable.ROLE, after.roles().values().stream().map(rows::role).toList());
        }
        if (zones) {
          replacement.replaceAll(
              BaseTable.ZONE_OUTAGE,
              after.zoneOutages().values().stream().map(rows::zoneOutage).toList());
        }
        replacement.commit();
      }
    }
    environment = environmentIsNew ? snapshot : environment;
    state = stateIsNew ? snapshot : state;
  }

  /**
   * Most changes touch one table: of a cluster's comment, its replicas know nothing; a replica's
   * progress is none of its cluster's row. What gives the same rows as before is let be.
   */
  private void replaceClusters(
      Replacement replacement, CatalogSnapshot snapshot, Set<ClusterId> changed)
      throws SQLException {
    List<ClusterRows> before = new ArrayList<>();
    List<ClusterRows> after = new ArrayList<>();
    for (ClusterId id : changed) {
      before.add(ClusterRows.of(id, state, rows));
      after.add(ClusterRows.of(id, snapshot, rows));
    }
    replace(replacement, BaseTable.CLUSTER, before, after, ClusterRows::cluster);
    replace(replacement, BaseTable.REPLICA, before, after, ClusterRows::replicas);
  }

  private static void replace(
      Replacement replacement,
      BaseTable table,
      List<ClusterRows> before,
      List<ClusterRows> after,
      Function<ClusterRows, List<List<Object>>> part)
      throws SQLException {
    List<String> deleted = new ArrayList<>();
    List<List<Object>> inserted = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      List<List<Object>> old = part.apply(before.get(i));
      List<List<Object>> now = part.apply(after.get(i));
      if (old.equals(now)) {
        continue;
      }
      if (!old.isEmpty()) {
        deleted.add(before.get(i).id().value());
      }
      inserted.addAll(now);
    }
    replacement.replace(table, deleted, inserted);
  }

  /** Those whose rows may differ: the state, the name, the owner, or a replica's drop changed. */
  private Set<ClusterId> changedClusters(CatalogSnapshot snapshot) {
    Set<ClusterId> changed =
        Differences.touchedClusters(state, snapshot)
            .orElseGet(() -> Differences.clusters(state, snapshot));
    EnvironmentState after = snapshot.environment().state();
    if (state.environment().state().roles() != after.roles()) {
      changed.addAll(after.clusters().keySet());
    }
    return changed;
  }

  private void refreshObservations(EngineConnection connection, CatalogSnapshot snapshot)
      throws SQLException {
    Set<ReplicaId> changed =
        Differences.touchedReplicas(observed, snapshot)
            .orElseGet(() -> Differences.replicas(observed, snapshot));
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
        seen.consumption().memoryBytes().orElse(null),
        seen.consumption().memoryLimitBytes().orElse(null),
        seen.consumption().cpuNanoCores().orElse(null),
        seen.consumption().cpuLimitNanoCores().orElse(null),
        seen.consumption().diskBytes().orElse(null));
  }
}

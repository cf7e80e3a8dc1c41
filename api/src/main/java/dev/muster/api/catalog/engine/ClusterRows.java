package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.api.catalog.relation.StateRows;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.List;

/**
 * The rows of one cluster in the base tables of clusters and of replicas; none where readers may
 * not see it.
 */
record ClusterRows(ClusterId id, List<List<Object>> cluster, List<List<Object>> replicas) {
  static ClusterRows of(ClusterId id, CatalogSnapshot snapshot, StateRows rows) {
    EnvironmentState environment = snapshot.environment().state();
    ClusterEntry entry = environment.clusters().get(id);
    Published<ClusterState> published = snapshot.clusters().get(id);
    if (entry != null
        && entry.creating().isEmpty()
        && published != null
        && published.state() instanceof ClusterState.Live live) {
      return new ClusterRows(
          id,
          List.of(rows.cluster(entry, live, environment)),
          live.replicas().stream()
              .filter(replica -> StateRows.visible(replica.id(), environment))
              .map(replica -> rows.replica(entry, replica, environment))
              .toList());
    }
    return new ClusterRows(id, List.of(), List.of());
  }
}

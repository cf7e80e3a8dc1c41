package dev.muster.api.catalog;

import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The state of everything at one instant, immutable.
 *
 * @param revision grows with every change; equal revisions are equal snapshots
 * @param withdrawals of clusters, so far: as long as it stays, no cluster that was there has gone
 */
public record CatalogSnapshot(
    long revision,
    Published<EnvironmentState> environment,
    PMap<ClusterId, Published<ClusterState>> clusters,
    PMap<ReplicaId, ReplicaObservation> observations,
    long withdrawals) {

  public static final CatalogSnapshot EMPTY =
      new CatalogSnapshot(
          0,
          new Published<>(EnvironmentState.EMPTY, 0, 0),
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          0);

  /** Clusters that the environment has and that nobody has published yet. */
  public long missing() {
    return environment.state().clusters().values().stream()
        .filter(entry -> entry.creating().isEmpty() && !clusters.containsKey(entry.id()))
        .count();
  }
}

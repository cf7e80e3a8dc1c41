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
 * @param stateChange the newest change of the environment or of a cluster
 * @param observationChange the newest change of the observations
 */
public record CatalogSnapshot(
    long revision,
    Published<EnvironmentState> environment,
    PMap<ClusterId, Published<ClusterState>> clusters,
    PMap<ReplicaId, ReplicaObservation> observations,
    long withdrawals,
    CatalogChange stateChange,
    CatalogChange observationChange) {

  public static final CatalogSnapshot EMPTY =
      new CatalogSnapshot(
          0,
          new Published<>(EnvironmentState.EMPTY, 0, 0),
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          0,
          CatalogChange.NONE,
          CatalogChange.NONE);

  /** One of which nobody knows how it came to be. */
  public CatalogSnapshot(
      long revision,
      Published<EnvironmentState> environment,
      PMap<ClusterId, Published<ClusterState>> clusters,
      PMap<ReplicaId, ReplicaObservation> observations,
      long withdrawals) {
    this(
        revision,
        environment,
        clusters,
        observations,
        withdrawals,
        CatalogChange.unknown(),
        CatalogChange.unknown());
  }

  /** Clusters that the environment has and that nobody has published yet. */
  public long missing() {
    return environment.state().clusters().values().stream()
        .filter(entry -> entry.creating().isEmpty() && !clusters.containsKey(entry.id()))
        .count();
  }
}

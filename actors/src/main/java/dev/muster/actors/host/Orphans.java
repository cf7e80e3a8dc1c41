package dev.muster.actors.host;

import dev.muster.actors.runtime.RunningReplica;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import java.util.List;

/** Which of the replicas that run no cluster asks for. Pure. */
final class Orphans {
  private Orphans() {}

  /**
   * The orphans.
   *
   * @param inventory what ran, taken before the catalog was
   */
  static List<ReplicaId> of(List<RunningReplica> inventory, CatalogSnapshot catalog) {
    return inventory.stream()
        .map(RunningReplica::id)
        .filter(id -> isOrphan(id, catalog))
        .distinct()
        .toList();
  }

  private static boolean isOrphan(ReplicaId id, CatalogSnapshot catalog) {
    if (!catalog.environment().state().clusters().containsKey(id.cluster())) {
      return true;
    }
    Published<ClusterState> published = catalog.clusters().get(id.cluster());
    // A cluster that is being created may have replicas before it has published: not ours to judge.
    return published != null
        && switch (published.state()) {
          case ClusterState.Live live ->
              live.replicas().stream().noneMatch(replica -> replica.id().equals(id));
          case ClusterState.Dropped ignored -> true;
          case ClusterState.Absent ignored -> false;
        };
  }
}

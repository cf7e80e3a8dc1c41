package dev.muster.actors.host;

import dev.muster.actors.runtime.RunningReplica;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.ReplicaProgress;
import java.util.List;
import java.util.OptionalInt;

/** Which of the replicas that run no cluster asks for. Pure. */
final class Orphans {
  private Orphans() {}

  /**
   * The orphans.
   *
   * @param inventory what ran, taken before the catalog was
   * @param node the number of the node that it runs on
   */
  static List<ReplicaId> of(List<RunningReplica> inventory, CatalogSnapshot catalog, int node) {
    return inventory.stream()
        .filter(running -> isOrphan(running, catalog, node))
        .map(RunningReplica::id)
        .distinct()
        .toList();
  }

  private static boolean isOrphan(RunningReplica running, CatalogSnapshot catalog, int node) {
    ReplicaId id = running.id();
    if (!catalog.environment().state().clusters().containsKey(id.cluster())) {
      return true;
    }
    Published<ClusterState> published = catalog.clusters().get(id.cluster());
    // A cluster that is being created may have replicas before it has published: not ours to judge.
    return published != null
        && switch (published.state()) {
          case ClusterState.Live live ->
              live.replicas().stream()
                  .filter(replica -> replica.id().equals(id))
                  .noneMatch(replica -> isWanted(running, replica.progress(), node));
          case ClusterState.Dropped ignored -> true;
          case ClusterState.Absent ignored -> false;
        };
  }

  /**
   * Not where the replica has been started since on another host of the zone, while this one was
   * out of sight for longer than its lease.
   */
  private static boolean isWanted(RunningReplica running, ReplicaProgress progress, int node) {
    OptionalInt elsewhere =
        ReplicaHost.of(progress).map(HostNames::node).orElse(OptionalInt.empty());
    return elsewhere.isEmpty()
        || elsewhere.getAsInt() == node
        || progress.incarnation() < running.incarnation();
  }
}

package dev.muster.api.sql.statement;

import dev.muster.api.catalog.Published;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import java.util.Optional;

/** Finds a cluster's own state. */
final class ClusterLookup {
  private ClusterLookup() {}

  /** Empty where the cluster is still being created, or has just gone. */
  static Optional<ClusterState.Live> live(StatementContext context, ClusterEntry cluster) {
    Published<ClusterState> published = context.catalog().clusters().get(cluster.id());
    return Optional.ofNullable(published)
        .map(Published::state)
        .filter(ClusterState.Live.class::isInstance)
        .map(ClusterState.Live.class::cast);
  }
}

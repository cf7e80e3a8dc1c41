package dev.muster.api.sql.statement;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.api.command.Rejection;
import dev.muster.api.error.SqlErrors;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import java.util.Optional;

/** Finds a cluster's own state. */
final class ClusterLookup {
  private ClusterLookup() {}

  /**
   * The state of a cluster that has a name.
   *
   * @throws dev.muster.api.error.SqlException where it has just gone, or is still being created:
   *     then the client may come back
   */
  static ClusterState.Live required(StatementContext context, ClusterEntry cluster) {
    return live(context, cluster)
        .orElseThrow(
            () ->
                cluster.creating().isPresent()
                    ? SqlErrors.error(
                            SqlErrors.CANNOT_CONNECT_NOW,
                            "cluster '" + cluster.name() + "' is still being created")
                        .withHint("Try again.")
                    : context.refused(
                        new Rejection.ClusterUnknown(cluster.name()), cluster.name()));
  }

  /** Empty where the cluster is still being created, or has just gone. */
  private static Optional<ClusterState.Live> live(StatementContext context, ClusterEntry cluster) {
    CatalogSnapshot catalog = context.catalog();
    catalog.requireReadable(cluster.id());
    Published<ClusterState> published = catalog.clusters().get(cluster.id());
    return Optional.ofNullable(published)
        .map(Published::state)
        .filter(ClusterState.Live.class::isInstance)
        .map(ClusterState.Live.class::cast);
  }
}

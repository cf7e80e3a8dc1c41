package dev.muster.api.sql.session;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.api.command.Rejection;
import dev.muster.api.error.RejectionMessages;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.api.sql.statement.StatementContext;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Replica;
import java.util.List;

/**
 * Which cluster a query runs on. Every query is one over the catalog, and those run on the catalog
 * server, whatever the session's {@code cluster} is, even one that does not exist. A session that
 * has turned that off ({@code auto_route_catalog_queries}), or that asks for one replica ({@code
 * cluster_replica}), uses its cluster: then there must be one that could answer.
 */
final class Routing {
  private Routing() {}

  /** Throws where the query cannot run where the session wants it to. */
  static void requireTarget(StatementContext context) {
    String replica = context.variables().value("cluster_replica").orElse("");
    boolean onCatalogServer =
        replica.isEmpty()
            && context.variables().value("auto_route_catalog_queries").orElse("on").equals("on");
    if (onCatalogServer) {
      return;
    }
    String name = context.variables().value("cluster").orElse("");
    ClusterEntry cluster =
        context
            .names()
            .cluster(name)
            .orElseThrow(() -> new SqlException(RejectionMessages.clusterUnknown(name)));
    List<Replica> replicas = replicas(context, cluster);
    if (!replica.isEmpty() && replicas.stream().noneMatch(known -> known.name().equals(replica))) {
      throw context.refused(new Rejection.ReplicaUnknown(replica), name);
    }
    if (replicas.isEmpty()) {
      throw SqlErrors.error(
              SqlErrors.FEATURE_NOT_SUPPORTED,
              "CLUSTER " + SqlErrors.quoted(name) + " has no replicas available to service request")
          .withHint(
              "Give it replicas, pick another with SET CLUSTER = name, or let queries over the"
                  + " catalog run on the catalog server: SET auto_route_catalog_queries = on.");
    }
  }

  private static List<Replica> replicas(StatementContext context, ClusterEntry cluster) {
    EnvironmentState names = context.names();
    CatalogSnapshot catalog = context.catalog();
    catalog.requireReadable(cluster.id());
    Published<ClusterState> published = catalog.clusters().get(cluster.id());
    return published != null && published.state() instanceof ClusterState.Live live
        ? live.replicas().stream()
            .filter(replica -> !names.replicaDrops().contains(replica.id()))
            .toList()
        : List.of();
  }
}

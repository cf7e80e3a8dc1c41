package dev.muster.api.sql.statement;

import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.api.error.NoticeMessages;
import dev.muster.api.error.SqlErrors;
import dev.muster.journal.state.ClusterEntry;
import java.util.Optional;

/** Who may change what: a cluster's owner and superusers; system clusters only the system. */
final class Ownership {
  private Ownership() {}

  /**
   * The cluster of a name, which the session's role may change.
   *
   * @return empty where there is none and the statement said {@code IF EXISTS}; a notice says so
   */
  static Optional<ClusterEntry> changeable(
      StatementContext context, String name, boolean ifExists) {
    Optional<ClusterEntry> cluster = context.names().cluster(name);
    if (cluster.isEmpty()) {
      if (!ifExists) {
        throw context.refused(new Rejection.ClusterUnknown(name), name);
      }
      context.notice(NoticeMessages.of(new Notice.ClusterDoesNotExist(name)));
      return cluster;
    }
    requireOwner(context, cluster.get());
    return cluster;
  }

  static ClusterEntry changeable(StatementContext context, String name) {
    return changeable(context, name, false).orElseThrow();
  }

  static void requireOwner(StatementContext context, ClusterEntry cluster) {
    boolean may =
        cluster.id().isSystem()
            ? context.isSystem()
            : cluster.owner().equals(context.role()) || context.isSuperuser();
    if (!may) {
      throw context.refused(new Rejection.MustBeOwner(cluster.name()), cluster.name());
    }
  }

  /** Until privileges can be granted, clusters are created by superusers. */
  static void requireCreateCluster(StatementContext context) {
    if (!context.isSuperuser()) {
      throw SqlErrors.error(SqlErrors.INSUFFICIENT_PRIVILEGE, "permission denied for SYSTEM")
          .withDetail("The '" + context.role() + "' role needs CREATECLUSTER privileges on SYSTEM");
    }
  }
}

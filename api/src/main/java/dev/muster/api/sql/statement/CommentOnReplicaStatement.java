package dev.muster.api.sql.statement;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.sql.tree.Statement;
import dev.muster.journal.state.ClusterEntry;
import java.util.Optional;

/** {@code COMMENT ON CLUSTER REPLICA .. IS}; {@code NULL} removes the comment. */
record CommentOnReplicaStatement(Statement.CommentOnReplica tree) implements DataDefinition {
  @Override
  public String tag() {
    return "COMMENT";
  }

  @Override
  public void authorize(StatementContext context) {
    // The cluster's owner may: see resolve.
  }

  @Override
  public Change resolve(StatementContext context) {
    ClusterEntry cluster = Ownership.changeable(context, tree.name().cluster());
    return new Change.OfCluster(
        cluster.id(),
        cluster.name(),
        new ClusterCommand.CommentOn(Optional.of(tree.name().replica()), tree.comment()));
  }
}

package dev.muster.api.sql.statement;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.sql.tree.Statement;

/** {@code ALTER CLUSTER REPLICA .. RENAME TO}. */
record RenameReplicaStatement(Statement.RenameReplica tree) implements DataDefinition {
  @Override
  public String tag() {
    return "ALTER CLUSTER REPLICA";
  }

  @Override
  public void authorize(StatementContext context) {
    // The cluster's owner may: see resolve.
  }

  @Override
  public Change resolve(StatementContext context) {
    String name = tree.name().cluster();
    ClusterCommand command =
        new ClusterCommand.RenameReplica(tree.name().replica(), tree.newName(), tree.ifExists());
    return Ownership.changeable(context, name, tree.ifExists())
        .<Change>map(cluster -> new Change.OfCluster(cluster.id(), name, command))
        .orElseGet(Change.Nothing::new);
  }
}

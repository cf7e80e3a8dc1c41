package dev.muster.api.sql.statement;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.sql.analysis.ClusterAnalysis;
import dev.muster.api.sql.tree.Statement;

/** {@code ALTER CLUSTER .. RESET (..)}. */
record AlterClusterResetStatement(Statement.AlterClusterReset tree) implements DataDefinition {
  @Override
  public String tag() {
    return "ALTER CLUSTER";
  }

  @Override
  public void authorize(StatementContext context) {
    // Its owner may: see resolve.
  }

  @Override
  public Change resolve(StatementContext context) {
    ClusterCommand command = ClusterAnalysis.reset(tree.options());
    return Ownership.changeable(context, tree.name(), tree.ifExists())
        .<Change>map(cluster -> new Change.OfCluster(cluster.id(), tree.name(), command))
        .orElseGet(Change.Nothing::new);
  }
}

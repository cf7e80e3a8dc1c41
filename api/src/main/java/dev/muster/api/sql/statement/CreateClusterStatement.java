package dev.muster.api.sql.statement;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.sql.analysis.ClusterAnalysis;
import dev.muster.api.sql.tree.Statement;

/** {@code CREATE CLUSTER}. The new cluster belongs to the session's role. */
record CreateClusterStatement(Statement.CreateCluster tree) implements DataDefinition {
  @Override
  public String tag() {
    return "CREATE CLUSTER";
  }

  @Override
  public void authorize(StatementContext context) {
    Ownership.requireCreateCluster(context);
  }

  @Override
  public Change resolve(StatementContext context) {
    ClusterAnalysis.NewCluster cluster = ClusterAnalysis.create(tree.options(), context.isSystem());
    return new Change.OfEnvironment(
        new EnvironmentCommand.CreateCluster(
            tree.name(),
            context.role(),
            cluster.configuration(),
            cluster.replicas(),
            tree.ifNotExists()));
  }
}

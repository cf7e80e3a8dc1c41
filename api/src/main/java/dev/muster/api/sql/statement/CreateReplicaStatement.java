package dev.muster.api.sql.statement;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.sql.analysis.ReplicaAnalysis;
import dev.muster.api.sql.tree.Statement;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.state.ClusterEntry;

/** {@code CREATE CLUSTER REPLICA}. */
record CreateReplicaStatement(Statement.CreateReplica tree) implements DataDefinition {
  @Override
  public String tag() {
    return "CREATE CLUSTER REPLICA";
  }

  @Override
  public void authorize(StatementContext context) {
    // The cluster's owner may: see resolve.
  }

  @Override
  public Change resolve(StatementContext context) {
    ClusterEntry cluster = Ownership.changeable(context, tree.name().cluster());
    ReplicaPlan plan =
        ReplicaAnalysis.plan(tree.name().replica(), tree.options(), context.isSystem());
    return new Change.OfCluster(
        cluster.id(), cluster.name(), new ClusterCommand.CreateReplica(plan, tree.ifNotExists()));
  }
}

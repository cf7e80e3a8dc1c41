package dev.muster.api.sql.statement;

import dev.muster.api.command.Rejection;
import dev.muster.api.session.Column;
import dev.muster.api.sql.analysis.ClusterDefinition;
import dev.muster.api.sql.tree.AsOf;
import dev.muster.api.sql.tree.SqlText;
import dev.muster.api.sql.tree.Statement;
import dev.muster.api.type.SqlType;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import java.util.List;
import java.util.Optional;

/** {@code SHOW CREATE CLUSTER}: a statement that makes such a cluster again. */
record ShowCreateClusterStatement(Statement.ShowCreateCluster tree) implements Report {
  @Override
  public List<Column> columns() {
    return List.of(new Column("name", SqlType.TEXT), new Column("create_sql", SqlType.TEXT));
  }

  @Override
  public boolean readsCatalog() {
    return true;
  }

  @Override
  public Optional<AsOf> asOf() {
    return tree.asOf();
  }

  @Override
  public List<List<Object>> rows(StatementContext context) {
    Rejection unknown = new Rejection.ClusterUnknown(tree.name());
    ClusterEntry cluster =
        context
            .names()
            .cluster(tree.name())
            .orElseThrow(() -> context.refused(unknown, tree.name()));
    ClusterState.Live state = ClusterLookup.required(context, cluster);
    return List.of(
        List.of(cluster.name(), SqlText.of(ClusterDefinition.of(cluster.name(), state))));
  }
}

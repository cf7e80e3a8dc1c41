package dev.muster.api.sql.statement;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.sql.tree.Statement;
import java.util.List;

/**
 * {@code DROP CLUSTER a, b}: all or none. {@code CASCADE} and {@code RESTRICT} mean the same as
 * long as there are no objects that could depend on a cluster.
 */
record DropClustersStatement(Statement.DropClusters tree) implements DataDefinition {
  @Override
  public String tag() {
    return "DROP CLUSTER";
  }

  @Override
  public void authorize(StatementContext context) {
    // The owner of all of them may: see resolve.
  }

  @Override
  public Change resolve(StatementContext context) {
    List<String> there =
        tree.names().stream()
            .distinct()
            .filter(name -> Ownership.changeable(context, name, tree.ifExists()).isPresent())
            .toList();
    return there.isEmpty()
        ? new Change.Nothing()
        : new Change.OfEnvironment(new EnvironmentCommand.DropClusters(there, tree.ifExists()));
  }
}

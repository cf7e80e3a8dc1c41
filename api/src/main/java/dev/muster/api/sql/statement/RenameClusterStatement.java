package dev.muster.api.sql.statement;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.sql.tree.Statement;

/** {@code ALTER CLUSTER .. RENAME TO}. */
record RenameClusterStatement(Statement.RenameCluster tree) implements DataDefinition {
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
    return Ownership.changeable(context, tree.name(), tree.ifExists())
        .<Change>map(
            cluster ->
                new Change.OfEnvironment(
                    new EnvironmentCommand.RenameCluster(
                        tree.name(), tree.newName(), tree.ifExists())))
        .orElseGet(Change.Nothing::new);
  }
}

package dev.muster.api.sql.statement;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Rejection;
import dev.muster.api.sql.tree.Statement;

/** {@code ALTER CLUSTER .. OWNER TO}. */
record ChangeClusterOwnerStatement(Statement.ChangeClusterOwner tree) implements DataDefinition {
  @Override
  public String tag() {
    return "ALTER CLUSTER OWNER";
  }

  @Override
  public void authorize(StatementContext context) {
    // Its owner may: see resolve.
  }

  @Override
  public Change resolve(StatementContext context) {
    if (Ownership.changeable(context, tree.name(), tree.ifExists()).isEmpty()) {
      return new Change.Nothing();
    }
    if (context.names().role(tree.newOwner()).isEmpty()) {
      throw context.refused(new Rejection.RoleUnknown(tree.newOwner()), tree.name());
    }
    return new Change.OfEnvironment(
        new EnvironmentCommand.ChangeOwner(tree.name(), tree.newOwner(), tree.ifExists()));
  }
}

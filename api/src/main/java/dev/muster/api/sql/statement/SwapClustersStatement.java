package dev.muster.api.sql.statement;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.sql.tree.Statement;
import java.util.List;

/**
 * {@code ALTER CLUSTER .. SWAP WITH}. Several of them in one transaction become one command, see
 * the session's transaction; so a name may be meant as an earlier swap of the transaction left it,
 * and that changes nothing here, since names change places and none comes or goes.
 */
record SwapClustersStatement(Statement.SwapClusters tree) implements DataDefinition {
  @Override
  public String tag() {
    return "ALTER CLUSTER";
  }

  @Override
  public void authorize(StatementContext context) {
    // The owner of both may: see resolve.
  }

  @Override
  public Change resolve(StatementContext context) {
    if (Ownership.changeable(context, tree.name(), tree.ifExists()).isEmpty()) {
      return new Change.Nothing();
    }
    Ownership.changeable(context, tree.otherName());
    return new Change.OfEnvironment(
        new EnvironmentCommand.SwapClusters(
            List.of(new EnvironmentCommand.Swap(tree.name(), tree.otherName()))));
  }
}

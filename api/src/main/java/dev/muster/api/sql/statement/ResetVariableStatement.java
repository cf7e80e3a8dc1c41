package dev.muster.api.sql.statement;

import dev.muster.api.sql.tree.Statement;

/** {@code RESET x}. */
record ResetVariableStatement(Statement.ResetVariable tree) implements SessionStatement {
  @Override
  public String tag() {
    return "RESET";
  }

  @Override
  public void run(StatementContext context, boolean inTransactionBlock) {
    context.variables().reset(tree.name(), false);
  }
}

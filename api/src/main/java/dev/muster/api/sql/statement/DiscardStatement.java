package dev.muster.api.sql.statement;

import dev.muster.api.error.SqlErrors;
import dev.muster.api.sql.tree.Statement;

/** {@code DISCARD}: connection pools send it when they hand a connection on. */
record DiscardStatement(Statement.Discard tree) implements SessionStatement {
  private static final String ALL = "ALL";

  @Override
  public String tag() {
    return "DISCARD " + tree.what();
  }

  @Override
  public void run(StatementContext context, boolean inTransactionBlock) {
    if (!tree.what().equals(ALL)) {
      return; // There are no plans, sequences or temporary objects.
    }
    if (inTransactionBlock) {
      throw SqlErrors.error(
          SqlErrors.ACTIVE_SQL_TRANSACTION, "DISCARD ALL cannot run inside a transaction block");
    }
    context.variables().resetAll();
  }
}

package dev.muster.api.sql.statement;

import dev.muster.api.error.SqlErrors;
import dev.muster.api.sql.tree.Statement;

/**
 * {@code DEALLOCATE}. Statements are prepared by the protocol alone, whose own messages close them;
 * so none is ever known here, and forgetting all of none is done at once.
 */
record DeallocateStatement(Statement.Deallocate tree) implements SessionStatement {
  @Override
  public String tag() {
    return tree.name().isEmpty() ? "DEALLOCATE ALL" : "DEALLOCATE";
  }

  @Override
  public void run(StatementContext context, boolean inTransactionBlock) {
    tree.name()
        .ifPresent(
            name -> {
              throw SqlErrors.error(
                  SqlErrors.INVALID_SQL_STATEMENT_NAME,
                  "prepared statement " + SqlErrors.quoted(name) + " does not exist");
            });
  }
}

package dev.muster.api.sql.statement;

/** {@code RESET ALL}. */
record ResetAllVariablesStatement() implements SessionStatement {
  @Override
  public String tag() {
    return "RESET";
  }

  @Override
  public void run(StatementContext context, boolean inTransactionBlock) {
    context.variables().resetAll();
  }
}

package dev.muster.api.sql.statement;

import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.tree.Statement;
import dev.muster.api.sql.tree.TransactionMode;
import java.util.List;

/** {@code SET TRANSACTION} and {@code SET SESSION CHARACTERISTICS AS TRANSACTION}. */
record SetTransactionStatement(Statement.SetTransaction tree) implements SessionStatement {
  static final String ISOLATION = "transaction_isolation";
  static final String DEFAULT_ISOLATION = "default_transaction_isolation";
  static final String DEFAULT_READ_ONLY = "default_transaction_read_only";
  static final String READ_ONLY = "transaction_read_only";

  @Override
  public String tag() {
    return "SET";
  }

  @Override
  public void run(StatementContext context, boolean inTransactionBlock) {
    if (!tree.session() && !inTransactionBlock) {
      context.notice(
          SqlMessage.notice(
                  SqlErrors.NO_ACTIVE_SQL_TRANSACTION,
                  "SET TRANSACTION can only be used in transaction blocks")
              .withSeverity(SqlMessage.Severity.WARNING));
      return;
    }
    apply(context.variables(), tree.modes(), tree.session());
  }

  /** Every level that PostgreSQL knows may be asked for, since ours is at least as strict. */
  static void apply(Variables variables, List<TransactionMode> modes, boolean session) {
    for (TransactionMode mode : modes) {
      switch (mode) {
        case TransactionMode.Isolation isolation -> {
          variables.set(ISOLATION, List.of(isolation.level()), !session);
          if (session) {
            variables.set(DEFAULT_ISOLATION, List.of(isolation.level()), false);
          }
        }
        case TransactionMode.Access access ->
            variables.set(
                session ? DEFAULT_READ_ONLY : READ_ONLY,
                List.of(access.readOnly() ? "on" : "off"),
                !session);
        case TransactionMode.Deferrable ignored -> {
          // Nothing waits for a snapshot here.
        }
      }
    }
  }
}

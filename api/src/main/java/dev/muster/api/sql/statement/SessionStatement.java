package dev.muster.api.sql.statement;

/** A statement that changes nothing but the session. */
public non-sealed interface SessionStatement extends Executable {
  void run(StatementContext context, boolean inTransactionBlock);
}

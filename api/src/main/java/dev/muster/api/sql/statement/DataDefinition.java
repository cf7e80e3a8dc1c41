package dev.muster.api.sql.statement;

/** A statement that changes the environment or a cluster. */
public non-sealed interface DataDefinition extends Executable {
  /**
   * Whether the role may do this at all, as far as that needs no look at what it is done to.
   *
   * @throws dev.muster.api.error.SqlException with SQLSTATE 42501
   */
  void authorize(StatementContext context);

  /**
   * Looks names up, checks the options, and says what to ask of whom. Nothing has changed yet.
   *
   * @throws dev.muster.api.error.SqlException where it cannot be done
   */
  Change resolve(StatementContext context);
}

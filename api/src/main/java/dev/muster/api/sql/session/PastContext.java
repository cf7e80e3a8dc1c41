package dev.muster.api.sql.session;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.command.Explanation;
import dev.muster.api.error.RejectionMessages;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.statement.Change;
import dev.muster.api.sql.statement.StatementContext;
import dev.muster.api.sql.statement.Variables;
import dev.muster.journal.state.EnvironmentState;

/** A statement's view of the world as it was: who asks is of the present, what is seen is not. */
record PastContext(StatementContext present, CatalogSnapshot catalog) implements StatementContext {
  @Override
  public String role() {
    return present.role();
  }

  @Override
  public EnvironmentState names() {
    return catalog.environment().state();
  }

  @Override
  public Explanation explain(Change change) {
    throw new IllegalArgumentException("what a change would have done is not told: " + change);
  }

  @Override
  public RejectionMessages rejections() {
    return present.rejections();
  }

  @Override
  public Variables variables() {
    return present.variables();
  }

  @Override
  public void notice(SqlMessage message) {
    present.notice(message);
  }
}

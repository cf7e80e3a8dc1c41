package dev.muster.api.sql.statement;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Rejection;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.sql.tree.Statement;

/** {@code COMMENT ON ROLE .. IS}; {@code NULL} removes the comment. */
record CommentOnRoleStatement(Statement.CommentOnRole tree) implements DataDefinition {
  @Override
  public String tag() {
    return "COMMENT";
  }

  @Override
  public void authorize(StatementContext context) {
    if (!context.isSuperuser()) {
      throw SqlErrors.error(SqlErrors.INSUFFICIENT_PRIVILEGE, "permission denied for SYSTEM")
          .withDetail("The '" + context.role() + "' role needs CREATEROLE privileges on SYSTEM");
    }
  }

  @Override
  public Change resolve(StatementContext context) {
    if (context.names().role(tree.name()).isEmpty()) {
      throw context.refused(new Rejection.RoleUnknown(tree.name()), "");
    }
    return new Change.OfEnvironment(
        new EnvironmentCommand.CommentOnRole(tree.name(), tree.comment()));
  }
}

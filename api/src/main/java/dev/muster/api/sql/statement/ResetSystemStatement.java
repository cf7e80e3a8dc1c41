package dev.muster.api.sql.statement;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.SystemParameter;
import java.util.Optional;

/** {@code ALTER SYSTEM RESET ALL}: a superuser's. */
record ResetSystemStatement() implements DataDefinition {
  @Override
  public String tag() {
    return "ALTER SYSTEM";
  }

  @Override
  public void authorize(StatementContext context) {
    AlterSystemStatement.requireSuperuser(context);
  }

  /** There is one parameter of the system: all of them are it. */
  @Override
  public Change resolve(StatementContext context) {
    return new Change.OfEnvironment(
        new EnvironmentCommand.SetSystemParameter(
            SystemParameter.MAX_CREDIT_CONSUMPTION_RATE, Optional.empty()));
  }
}

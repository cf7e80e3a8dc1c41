package dev.muster.api.sql.statement;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.SystemParameter;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.api.sql.tree.Statement;
import dev.muster.api.sql.tree.VariableValue;
import java.util.Locale;
import java.util.Optional;

/** {@code ALTER SYSTEM SET p = v} and {@code ALTER SYSTEM RESET p}: a superuser's. */
record AlterSystemStatement(Statement.AlterSystem tree) implements DataDefinition {
  @Override
  public String tag() {
    return "ALTER SYSTEM";
  }

  @Override
  public void authorize(StatementContext context) {
    requireSuperuser(context);
  }

  static void requireSuperuser(StatementContext context) {
    if (!context.isSuperuser()) {
      throw SqlErrors.error(SqlErrors.INSUFFICIENT_PRIVILEGE, "permission denied for SYSTEM")
          .withDetail("Only superusers set system parameters.");
    }
  }

  @Override
  public Change resolve(StatementContext context) {
    String name = tree.name().toLowerCase(Locale.ROOT);
    if (!SystemParameter.isKnown(name)) {
      // Unknown everywhere, or a session's own.
      context.variables().show(tree.name());
      throw SqlErrors.error(
              SqlErrors.FEATURE_NOT_SUPPORTED,
              "parameter " + SqlErrors.quoted(name) + " cannot be set for the system")
          .withHint("Set it for the session with SET, or in the configuration file.");
    }
    return new Change.OfEnvironment(
        new EnvironmentCommand.SetSystemParameter(
            name,
            switch (tree.value()) {
              case VariableValue.Default ignored -> Optional.empty();
              case VariableValue.Values values -> value(name, String.join(", ", values.values()));
            }));
  }

  private static Optional<String> value(String name, String text) {
    if (text.equalsIgnoreCase(SystemParameter.UNLIMITED)) {
      return Optional.empty();
    }
    return Optional.of(SystemParameter.credits(text).orElseThrow(() -> invalid(name, text)));
  }

  private static SqlException invalid(String name, String text) {
    return SqlErrors.error(
            SqlErrors.INVALID_PARAMETER_VALUE,
            "invalid value for parameter " + SqlErrors.quoted(name) + ": " + SqlErrors.quoted(text))
        .withHint("A number of credits an hour, such as 12.5, or unlimited.");
  }
}

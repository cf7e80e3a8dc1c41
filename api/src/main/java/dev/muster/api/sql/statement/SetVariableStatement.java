package dev.muster.api.sql.statement;

import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.tree.Statement;
import dev.muster.api.sql.tree.VariableValue;
import java.util.Locale;

/**
 * {@code SET x = ..}. A cluster or database that does not exist may be set, and a notice says so:
 * using it is what fails.
 */
record SetVariableStatement(Statement.SetVariable tree) implements SessionStatement {
  private static final String MISSING_WARNINGS = "current_object_missing_warnings";
  private static final String ONLY_DATABASE = "materialize";

  @Override
  public String tag() {
    return "SET";
  }

  @Override
  public void run(StatementContext context, boolean inTransactionBlock) {
    if (tree.local() && !inTransactionBlock) {
      context.notice(
          SqlMessage.notice(
                  SqlErrors.NO_ACTIVE_SQL_TRANSACTION,
                  "SET LOCAL can only be used in transaction blocks")
              .withSeverity(SqlMessage.Severity.WARNING));
      return;
    }
    switch (tree.value()) {
      case VariableValue.Default ignored -> context.variables().reset(tree.name(), tree.local());
      case VariableValue.Values values ->
          context.variables().set(tree.name(), values.values(), tree.local());
    }
    warnOfMissing(context);
  }

  private void warnOfMissing(StatementContext context) {
    Variables variables = context.variables();
    if (variables.value(MISSING_WARNINGS).filter("off"::equals).isPresent()) {
      return;
    }
    String value = variables.value(tree.name()).orElse("");
    switch (tree.name().toLowerCase(Locale.ROOT)) {
      case "cluster" -> {
        if (context.names().cluster(value).isEmpty()) {
          context.notice(missing("cluster", value, "CLUSTERS"));
        }
      }
      case "database" -> {
        if (!value.equals(ONLY_DATABASE)) {
          context.notice(missing("database", value, "DATABASES"));
        }
      }
      default -> {
        // No other variable names an object.
      }
    }
  }

  private static SqlMessage missing(String kind, String name, String list) {
    return SqlMessage.notice("00000", kind + " " + SqlErrors.quoted(name) + " does not exist")
        .withHint(
            "Pick one that exists with SET "
                + kind.toUpperCase(Locale.ROOT)
                + " = name. List those with SHOW "
                + list
                + ".");
  }
}

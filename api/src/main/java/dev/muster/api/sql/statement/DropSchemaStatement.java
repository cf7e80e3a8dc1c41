package dev.muster.api.sql.statement;

import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.tree.Statement;

/** {@code DROP SCHEMA}. There is the schema {@code public} and no other. */
record DropSchemaStatement(Statement.DropSchema tree) implements DataDefinition {
  static final String ONLY_SCHEMA = "public";

  @Override
  public String tag() {
    return "DROP SCHEMA";
  }

  @Override
  public void authorize(StatementContext context) {
    // There is nothing to be changed.
  }

  @Override
  public Change resolve(StatementContext context) {
    if (tree.name().equals(ONLY_SCHEMA)) {
      throw SqlErrors.unsupported("dropping the schema \"public\"");
    }
    if (!tree.ifExists()) {
      throw SqlErrors.error(SqlErrors.INVALID_SCHEMA_NAME, "unknown schema '" + tree.name() + "'");
    }
    context.notice(
        SqlMessage.notice(
            "00000", "schema " + SqlErrors.quoted(tree.name()) + " does not exist, skipping"));
    return new Change.Nothing();
  }
}

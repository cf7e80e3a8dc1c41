package dev.muster.api.sql.statement;

import dev.muster.api.error.SqlErrors;
import dev.muster.api.sql.tree.Statement;
import java.util.stream.Stream;

/**
 * {@code ALTER SCHEMA .. SWAP WITH}, which deployment tools send beside swaps of clusters. There is
 * the schema {@code public} and no other.
 */
record SwapSchemasStatement(Statement.SwapSchemas tree) implements DataDefinition {
  @Override
  public String tag() {
    return "ALTER SCHEMA";
  }

  @Override
  public void authorize(StatementContext context) {
    // There is nothing to be changed.
  }

  @Override
  public Change resolve(StatementContext context) {
    Stream.of(tree.name(), tree.otherName())
        .filter(name -> !name.equals(DropSchemaStatement.ONLY_SCHEMA))
        .findFirst()
        .ifPresent(
            name -> {
              throw SqlErrors.error(SqlErrors.INVALID_SCHEMA_NAME, "unknown schema '" + name + "'");
            });
    return new Change.Nothing();
  }
}

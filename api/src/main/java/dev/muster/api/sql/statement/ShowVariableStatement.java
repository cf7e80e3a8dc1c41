package dev.muster.api.sql.statement;

import dev.muster.api.session.Column;
import dev.muster.api.sql.tree.Statement;
import dev.muster.api.type.SqlType;
import java.util.List;

/** {@code SHOW x}. The column is called what the variable is called. */
record ShowVariableStatement(Statement.ShowVariable tree) implements Report {
  @Override
  public List<Column> columns() {
    return List.of(new Column(tree.name(), SqlType.TEXT));
  }

  @Override
  public List<List<Object>> rows(StatementContext context) {
    return List.of(List.of(context.setting(context.variables().show(tree.name()))));
  }
}

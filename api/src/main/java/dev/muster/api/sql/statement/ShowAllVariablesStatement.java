package dev.muster.api.sql.statement;

import dev.muster.api.session.Column;
import dev.muster.api.type.SqlType;
import java.util.List;

/** {@code SHOW ALL}. */
record ShowAllVariablesStatement() implements Report {
  @Override
  public List<Column> columns() {
    return List.of(
        new Column("name", SqlType.TEXT),
        new Column("setting", SqlType.TEXT),
        new Column("description", SqlType.TEXT));
  }

  @Override
  public List<List<Object>> rows(StatementContext context) {
    return context.variables().showAll().stream()
        .map(
            setting ->
                List.<Object>of(setting.name(), context.setting(setting), setting.description()))
        .toList();
  }
}

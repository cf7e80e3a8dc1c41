package dev.muster.api.sql.session;

import dev.muster.api.catalog.CatalogQueries;
import dev.muster.api.session.Column;
import dev.muster.api.session.SqlSession;
import dev.muster.api.sql.parse.ParsedStatement;
import dev.muster.api.sql.statement.Executable;
import dev.muster.api.type.SqlType;
import java.util.List;
import java.util.Optional;

/**
 * A statement, resolved.
 *
 * @param query present for what the catalog's engine answers
 */
record Plan(
    ParsedStatement statement,
    Executable executable,
    Optional<CatalogQueries.Query> query,
    List<SqlType> parameterTypes,
    Optional<List<Column>> columns)
    implements SqlSession.Prepared {
  static Plan of(ParsedStatement statement, Executable executable, Optional<List<Column>> columns) {
    return new Plan(statement, executable, Optional.empty(), List.of(), columns);
  }
}

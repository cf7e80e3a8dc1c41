package dev.muster.api.sql.statement;

import dev.muster.api.sql.tree.AsOf;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A statement that the catalog's engine answers.
 *
 * @param tag {@code SELECT}, or {@code SHOW} where rows are asked for by that word
 * @param pieces the query; a report in it stands for a subquery over its rows
 * @param asOf the instant that it asks of; empty for now
 * @param asWritten whether the query is the statement's own text, so that a position in the one is
 *     a position in the other
 */
public record CatalogQuery(String tag, List<Piece> pieces, Optional<AsOf> asOf, boolean asWritten)
    implements Executable {
  public CatalogQuery {
    pieces = List.copyOf(pieces);
  }

  /** A part of the query's text. */
  public sealed interface Piece {
    record Text(String sql) implements Piece {}

    record Rows(Report report) implements Piece {}
  }

  static CatalogQuery show(String sql, Optional<AsOf> asOf) {
    return new CatalogQuery("SHOW", List.of(new Piece.Text(sql)), asOf, false);
  }

  /** Whether what the query says depends on the session. */
  public boolean hasReports() {
    return pieces.stream().anyMatch(Piece.Rows.class::isInstance);
  }

  /** The query with every report's rows written into it. */
  public String sql(StatementContext context) {
    return sql(report -> ReportSql.of(report, context));
  }

  /** A query of the same columns, where the world as it was that it asks of is not at hand. */
  public String shape() {
    return sql(ReportSql::shape);
  }

  private String sql(Function<Report, String> written) {
    StringBuilder sql = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Text text -> sql.append(text.sql());
        case Piece.Rows rows -> sql.append(written.apply(rows.report()));
      }
    }
    return sql.toString();
  }
}

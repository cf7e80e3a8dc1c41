package dev.muster.api.sql.statement;

import dev.muster.api.session.Column;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A report's rows as a query. */
final class ReportSql {
  private ReportSql() {}

  static String of(Report report, StatementContext context) {
    return of(
        report,
        report.rows(context).stream().map(ReportSql::row).collect(Collectors.joining(", ")));
  }

  /** A query of the same columns, where the rows are not known yet. */
  static String shape(Report report) {
    return of(report, row(Collections.nCopies(report.columns().size(), null)));
  }

  private static String of(Report report, String rows) {
    String columns =
        report.columns().stream()
            .map(Column::name)
            .map(ReportSql::name)
            .collect(Collectors.joining(", "));
    return "SELECT * FROM (VALUES " + rows + ") AS report (" + columns + ")";
  }

  private static String row(List<Object> values) {
    return values.stream()
        .map(value -> value == null ? "NULL::text" : text(value.toString()) + "::text")
        .collect(Collectors.joining(", ", "(", ")"));
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}

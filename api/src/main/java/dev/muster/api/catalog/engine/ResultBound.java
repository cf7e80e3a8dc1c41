package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.rewrite.SqlErrors;
import dev.muster.api.error.SqlException;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes a query fail as soon as its result is larger than it may be.
 *
 * <p>The engine's driver has it gather all rows in memory of its own, past the engine's limit,
 * before the first can be read. So the query itself counts what its rows will take, as {@link
 * ResultMemory} does, and ends with an error; see {@code adr/0016}.
 */
final class ResultBound {
  static final String EXCEEDED = "the result is larger than the catalog may return";

  /** Of these every value takes the same. */
  private static final Set<String> FIXED =
      Set.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT",
          "FLOAT",
          "DOUBLE",
          "DATE",
          "TIME",
          "TIMESTAMP",
          "TIMESTAMP WITH TIME ZONE",
          "TIME WITH TIME ZONE",
          "INTERVAL",
          "UUID");

  private ResultBound() {}

  /**
   * @param query in the engine's SQL
   * @param columns of its result
   * @param bytes as much as it may take
   * @return the same rows in the same order, or an error
   */
  static String bounded(String query, ResultSetMetaData columns, long bytes) throws SQLException {
    String names =
        IntStream.rangeClosed(1, columns.getColumnCount())
            .mapToObj(ResultBound::name)
            .collect(Collectors.joining(", "));
    return ("SELECT %s FROM (SELECT *, sum(%s) OVER (ROWS UNBOUNDED PRECEDING) AS taken FROM (%s)"
            + " AS r(%s)) WHERE CASE WHEN taken > %d THEN CAST(error('%s') AS BOOLEAN) ELSE true"
            + " END")
        .formatted(names, rowBytes(columns), query, names, bytes, EXCEEDED);
  }

  static SqlException exceeded() {
    return SqlErrors.error("53200", EXCEEDED)
        .withHint("Ask for fewer rows with WHERE or LIMIT, or aggregate them in the query.");
  }

  private static String name(int column) {
    return "c" + column;
  }

  private static String rowBytes(ResultSetMetaData columns) throws SQLException {
    long fixed = ResultMemory.ROW_BYTES;
    List<String> terms = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String type = columns.getColumnTypeName(i);
      if (FIXED.contains(type) || type.startsWith("DECIMAL")) {
        fixed += ResultMemory.VALUE_BYTES;
      } else {
        fixed += ResultMemory.TEXT_BYTES;
        terms.add("coalesce(" + length(name(i), type) + ", 0)");
      }
    }
    terms.add(Long.toString(fixed));
    return String.join(" + ", terms);
  }

  /** Of what is made of other values, each with some few letters, roughly. */
  private static String length(String column, String type) {
    return switch (type) {
      case "VARCHAR" -> "strlen(" + column + ")";
      case "BLOB" -> "octet_length(" + column + ")";
      default -> "strlen(CAST(" + column + " AS VARCHAR))";
    };
  }
}

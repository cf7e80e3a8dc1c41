package dev.muster.api.sql.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.api.error.SqlException;
import dev.muster.api.sql.tree.AsOf;
import dev.muster.api.sql.tree.QueryPiece;
import dev.muster.api.sql.tree.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code AS OF} is told from an alias that is called so. */
final class AsOfTest {
  private static Statement.Query parsed(String sql) {
    return (Statement.Query) SqlParser.parse(sql).getFirst().tree();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT 1 AS OF 5 | SELECT 1 | false | 5 | 15",
        "SELECT a FROM t ORDER BY a LIMIT 3 as of '2026-01-01' | SELECT a FROM t ORDER BY a LIMIT 3"
            + " | false | '2026-01-01' | 41",
        "SELECT 1 AS OF AT LEAST now() - INTERVAL '1 day'; | SELECT 1 | true"
            + " | now() - INTERVAL '1 day' | 24",
        "TABLE t AS OF ( SELECT 7 ) | TABLE t | false | ( SELECT 7 ) | 14",
      })
  void theClauseIsTakenOffTheQuery(
      String sql, String query, boolean atLeast, String expression, int offset) {
    assertEquals(
        new Statement.Query(
            List.of(new QueryPiece.Text(query)),
            Optional.of(new AsOf(atLeast, expression, offset))),
        parsed(sql));
  }

  @ParameterizedTest
  @CsvSource({
    "SHOW CREATE CLUSTER c AS OF 5000, c, false, 5000, 28",
    "SHOW CREATE CLUSTER \"as\" AS OF AT LEAST now();, as, true, now(), 40",
  })
  void aClusterIsShownAsOfAnInstant(
      String sql, String name, boolean atLeast, String expression, int offset) {
    assertEquals(
        new Statement.ShowCreateCluster(name, Optional.of(new AsOf(atLeast, expression, offset))),
        SqlParser.parse(sql).getFirst().tree());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SHOW CLUSTERS AS OF 5000 | CLUSTERS | 5000 | 20",
        "SHOW CLUSTER REPLICAS WHERE cluster = 'c' AS OF now() | CLUSTER_REPLICAS | now() | 48",
        "SHOW ROLES LIKE 'a%' as of 7 | ROLES | 7 | 27",
        "SHOW ADVICE AS OF 7 | ADVICE | 7 | 18",
      })
  void whatIsListedIsSoAsOfAnInstant(
      String sql, Statement.ObjectKind kind, String expression, int offset) {
    Statement.ShowObjects show = (Statement.ShowObjects) SqlParser.parse(sql).getFirst().tree();
    assertEquals(kind, show.kind());
    assertEquals(Optional.of(new AsOf(false, expression, offset)), show.asOf());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHOW cluster AS OF 5000", "SHOW ALL AS OF 5000"})
  void settingsAreOfThePresent(String sql) {
    assertEquals(
        new Statement.Unsupported("AS OF with SHOW of a setting"),
        SqlParser.parse(sql).getFirst().tree());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 AS of",
        "SELECT 1 AS of, 2",
        "SELECT id AS of FROM mz_roles",
        "SELECT * FROM t AS of WHERE of.a = 1",
        "SELECT * FROM t AS of JOIN u ON true",
        "SELECT * FROM (SELECT 1 AS OF '2026-01-01') t",
        "SELECT 'x AS OF 5'",
      })
  void elsewhereItIsAName(String sql) {
    assertEquals(
        new Statement.Query(List.of(new QueryPiece.Text(sql)), Optional.empty()), parsed(sql));
  }

  @Test
  void atLeastOfNothingIsNoClause() {
    SqlException refused =
        assertThrows(SqlException.class, () -> parsed("SELECT 1 AS OF AT LEAST"));
    assertEquals("42601", refused.sqlMessage().sqlState());
  }
}

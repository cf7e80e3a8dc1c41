package dev.muster.api.catalog.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.catalog.rewrite.LiteralShape.Lifted;
import dev.muster.api.catalog.rewrite.LiteralShape.Literal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralShapeTest {
  private static Lifted liftAll(String sql) {
    LiteralShape shape = LiteralShape.of(sql).orElseThrow();
    Set<Integer> all =
        IntStream.range(0, shape.literals().size()).boxed().collect(Collectors.toSet());
    return shape.lift(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT 1 WHERE a = 'x'                       | SELECT 1 WHERE a = $1",
        "SELECT 1 WHERE t.\"a b\"='x' AND b <> 7      | SELECT 1 WHERE t.\"a b\"=$1 AND b <> $2",
        "SELECT 1 WHERE lower(a) LIKE 'x' LIMIT 5     | SELECT 1 WHERE lower(a) LIKE $1 LIMIT 5",
        "SELECT 1 WHERE a NOT ILIKE 'x' -- = 'y'      | SELECT 1 WHERE a NOT ILIKE $1 -- = 'y'",
        "SELECT count(*) FILTER (WHERE a = 'x') FROM b| SELECT count(*) FILTER (WHERE a = $1) FROM"
            + " b",
        "SELECT 1 WHERE a = 'x' AND a = 'x'           | SELECT 1 WHERE a = $1 AND a = $2",
        "SELECT 1 WHERE a = 'x' GROUP BY 1 ORDER BY 2 | SELECT 1 WHERE a = $1 GROUP BY 1 ORDER BY 2"
      })
  void whatIsComparedIsLifted(String sql, String expected) {
    assertEquals(expected, liftAll(sql).sql());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'x', 1",
        "SELECT * FROM t LIMIT 5 OFFSET 3",
        "SELECT * FROM t ORDER BY 1",
        "SELECT a FROM t GROUP BY 1",
        "SELECT * FROM t WHERE d > INTERVAL '1 day'",
        "SELECT * FROM t WHERE d > now() - INTERVAL '1 day'",
        "SELECT * FROM t WHERE d > TIMESTAMPTZ '2026-01-01'",
        "SELECT * FROM t WHERE a = 'x'::regclass",
        "SELECT * FROM t WHERE a = '1' || b",
        "SELECT * FROM t WHERE a = 'x' COLLATE \"C\"",
        "SELECT * FROM t WHERE a = 'x' 'y'",
        "SELECT * FROM t WHERE a = E'x'",
        "SELECT * FROM t WHERE a = U&'x'",
        "SELECT * FROM t WHERE a = $$x$$",
        "SELECT * FROM t WHERE a LIKE 'x' ESCAPE '!'",
        "SELECT * FROM t WHERE a = 5.5",
        "SELECT * FROM t WHERE a = 5e3",
        "SELECT * FROM t WHERE a = -5",
        "SELECT * FROM t WHERE a = 5 + b",
        "SELECT * FROM t WHERE a = 5::text",
        "SELECT * FROM t WHERE a BETWEEN 1 AND 2",
        "SELECT * FROM t WHERE 'x' = 'y'",
        "SELECT * FROM t WHERE j->'a' IS NULL",
        "SELECT * FROM t WHERE j->>'a' IS NULL",
        "SELECT * FROM f(a => 'x')",
        "SELECT * FROM f(a := 'x')",
        "SELECT current_setting('x')",
        "SELECT * FROM t WHERE a = $1 AND b = 'x'",
        "SELECT * FROM t WHERE a ~ 'x'",
        "SELECT 'a = ''b'''",
        "SELECT \"a = 'b'\" FROM t",
        "SELECT 1 /* a = 'b' */"
      })
  void whatPlanningNeedsIsNot(String sql) {
    assertTrue(LiteralShape.of(sql).isEmpty(), sql);
  }

  @Test
  void aLiteralIsTakenByItsMeaning() {
    assertEquals(
        List.of(new Literal("it's \\ so", true), new Literal("007", false)),
        liftAll("SELECT 1 WHERE a = 'it''s \\ so' OR b = 007").parameters());
  }

  @Test
  void whatIsNotLiftedStaysAsItWas() {
    String sql = "SELECT 1 WHERE a = 'it''s' AND b = 5";
    LiteralShape shape = LiteralShape.of(sql).orElseThrow();
    assertEquals(sql, shape.lift(Set.of()).sql());
    assertEquals("SELECT 1 WHERE a = 'it''s' AND b = $1", shape.lift(Set.of(1)).sql());
  }

  @Test
  void textsThatDifferOnlyInTheirLiteralsHaveOneShape() {
    assertEquals(
        LiteralShape.of("SELECT 1 WHERE a = 'x'").orElseThrow().pieces(),
        LiteralShape.of("SELECT 1 WHERE a = 'something else'").orElseThrow().pieces());
  }
}

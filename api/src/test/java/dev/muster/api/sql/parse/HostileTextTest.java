package dev.muster.api.sql.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.api.error.SqlException;
import dev.muster.api.sql.Talk;
import dev.muster.api.sql.tree.SqlText;
import dev.muster.api.sql.tree.Statement;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** No text gives anything but statements or one clear error. */
final class HostileTextTest {
  private static final String[] WORDS = {
    "CREATE",
    "ALTER",
    "DROP",
    "CLUSTER",
    "REPLICA",
    "REPLICAS",
    "SIZE",
    "SET",
    "RESET",
    "(",
    ")",
    ",",
    "=",
    ".",
    "'x'",
    "\"q\"",
    "c",
    "r1",
    "3",
    "-1",
    "IF",
    "NOT",
    "EXISTS",
    "MANAGED",
    "SHOW",
    "ALL",
    "COMMENT",
    "ON",
    "IS",
    "NULL",
    "TO",
    "WITH",
    "WAIT",
    "FOR",
    "UNTIL",
    "READY",
    "SWAP",
    "OWNER",
    "RENAME",
    "BEGIN",
    "COMMIT",
    ";",
    "[",
    "]",
    "SELECT",
    "FROM",
    "*",
    "SCHEDULE",
    "REFRESH",
    "HYDRATION",
    "AUTO",
    "SCALING",
    "STRATEGY",
    "TIME",
    "ZONE",
    "ZONES",
    "AVAILABILITY",
    "TRANSACTION",
    "SESSION",
    "LOCAL",
    "LIKE",
    "WHERE",
    "AS",
    "OF",
    "/*",
    "*/",
    "--",
    "\n",
    "$1",
    "$$",
    "E'\\",
    "U&'\\0041'",
    "INTERVAL",
    "TRUE",
    "ROLE",
    "SCHEMA",
    "CASCADE",
    "0x",
    "::"
  };

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.of(WORDS).list().ofMaxSize(20);
  }

  @Property(tries = 5000)
  void wordsInAnyOrder(@ForAll("words") List<String> words) {
    survives(String.join(" ", words));
  }

  @Property(tries = 2000)
  void anyCharacters(@ForAll String text) {
    survives(text);
  }

  @Provide
  Arbitrary<Statement> statements() {
    return Trees.statements();
  }

  @Property(tries = 2000)
  void statementsThatBreakOff(@ForAll("statements") Statement tree, @ForAll int at) {
    String text = SqlText.of(tree);
    survives(text.substring(0, Math.floorMod(at, text.length() + 1)));
  }

  private static void survives(String text) {
    try {
      SqlParser.parse(text);
    } catch (SqlException e) {
      assertEquals(true, List.of("42601", "0A000", "54001").contains(e.sqlMessage().sqlState()));
    }
  }

  @Property(tries = 500)
  void sessionsSurviveToo(@ForAll("words") List<String> words) {
    Talk talk = new Talk();
    try {
      talk.send(String.join(" ", words));
    } catch (SqlException e) {
      assertEquals(5, e.sqlMessage().sqlState().length());
      assertEquals(false, e.sqlMessage().sqlState().equals("XX000"), e.getMessage());
    }
  }

  private static String stateOf(String text) {
    return assertThrows(SqlException.class, () -> SqlParser.parse(text)).sqlMessage().sqlState();
  }

  @Test
  void deepNestingIsRefused() {
    assertEquals("54001", stateOf("SELECT " + "(".repeat(100_000)));
    assertEquals("54001", stateOf("CREATE CLUSTER c (SIZE " + "[".repeat(100_000)));
    assertEquals("42601", stateOf("SELECT " + "/*".repeat(100_000)));
  }

  @Test
  void lengthIsBounded() {
    assertEquals("54000", stateOf(" ".repeat(SqlParser.MESSAGE_MAX_CHARACTERS + 1)));
    assertEquals(List.of(), SqlParser.parse(" ".repeat(SqlParser.MESSAGE_MAX_CHARACTERS)));
    assertEquals(1, SqlParser.parse("DROP CLUSTER " + "a,".repeat(100_000) + "a").size());
    assertEquals(
        1, SqlParser.parse("COMMENT ON CLUSTER c IS '" + "x".repeat(900_000) + "'").size());
  }

  @Test
  void dollarQuotesAreFoundInOnePass() {
    assertEquals(1, SqlParser.parse("SELECT $a$" + "$a".repeat(200_000) + "$a$").size());
  }

  @Test
  void semicolonsWithinQuotesDoNotEndStatements() {
    List<String> texts =
        SqlParser.parse(
                "SELECT ';', \";\", E'\\';', $x$;$y$;$x$, $$;$$, U&';' /* ; /* ; */ ; */ -- ;\n"
                    + "; SHOW ALL;; SELECT 2")
            .stream()
            .map(ParsedStatement::text)
            .toList();
    assertEquals(3, texts.size());
    assertEquals("SHOW ALL", texts.get(1));
    assertEquals("SELECT 2", texts.get(2));
  }

  @Test
  void positionsCountCharacters() {
    SqlException error =
        assertThrows(
            SqlException.class, () -> SqlParser.parse("SHOW ALL; /*😀*/ ALTER CLUSTER ä 3"));
    assertEquals(33, error.sqlMessage().position().orElseThrow());
  }
}

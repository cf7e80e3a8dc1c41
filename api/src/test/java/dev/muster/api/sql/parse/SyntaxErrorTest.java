package dev.muster.api.sql.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SyntaxErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "ALTER CLUSTER c.r SET (SIZE 'x') | Expected one of OWNER or RENAME or RESET or SET or"
            + " SWAP, found dot | 16",
        "ALTER CLUSTER c | Expected one of OWNER or RENAME or RESET or SET or SWAP, found EOF | 16",
        "ALTER CLUSTER c; SELECT 1 | Expected one of OWNER or RENAME or RESET or SET or SWAP, found"
            + " semicolon | 16",
        "SEL | Expected a keyword at the beginning of a statement, found identifier \"sel\" | 1",
        "ALTER CLUSTER c RENAME d | Expected TO, found identifier \"d\" | 24",
        "ALTER CLUSTER c RENAME TO | Expected identifier, found EOF | 26",
        "ALTER CLUSTER c RENAME TO 3 | Expected identifier, found number \"3\" | 27",
        "ALTER CLUSTER c RENAME TO 'd' | Expected identifier, found string literal \"d\" | 27",
        "ALTER CLUSTER c RENAME TO d e | Expected end of statement, found identifier \"e\" | 29",
        "ALTER CLUSTER c SET SIZE 'x' | Expected left parenthesis, found SIZE | 21",
        "ALTER CLUSTER c SET (SIZE 'x' | Expected right parenthesis, found EOF | 30",
        "ALTER CLUSTER c SET (SIZE 'x', ) | Expected one of AUTO or AVAILABILITY or DISK or IDLE or"
            + " INTROSPECTION or MANAGED or MAX or MIN or REPLICAS or REPLICATION or SCHEDULE or"
            + " SIZE or WORKLOAD, found right parenthesis | 32",
        "CREATE CLUSTER c (SIZE 'x' foo) | Expected right parenthesis, found identifier \"foo\" |"
            + " 28",
        "CREATE CLUSTER c foo | Expected one of AUTO or AVAILABILITY or DISK or IDLE or"
            + " INTROSPECTION or MANAGED or MAX or MIN or REPLICAS or REPLICATION or SCHEDULE or"
            + " SIZE or WORKLOAD, found identifier \"foo\" | 18",
        "CREATE CLUSTER c SIZE 'x', | Expected one of AUTO or AVAILABILITY or DISK or IDLE or"
            + " INTROSPECTION or MANAGED or MAX or MIN or REPLICAS or REPLICATION or SCHEDULE or"
            + " SIZE or WORKLOAD, found EOF | 27",
        "CREATE CLUSTER c (SIZE = ) | Expected option value, found right parenthesis | 26",
        "CREATE CLUSTER c SIZE 'x' SIZE 'y' | Expected end of statement, found SIZE | 27",
        "CREATE CLUSTER c (REPLICATION 3) | Expected FACTOR, found number \"3\" | 31",
        "CREATE CLUSTER REPLICA c SIZE 'x' | Expected dot, found SIZE | 26",
        "CREATE CLUSTER \"\" SIZE 'x' | zero-length delimited identifier | 16",
        "DROP CLUSTER REPLICA c | Expected dot, found EOF | 23",
        "DROP CLUSTER a b | Expected end of statement, found identifier \"b\" | 16",
        "COMMENT ON CLUSTER c IS 3 | Expected literal string, found number \"3\" | 25",
        "SELECT 'x | unterminated quoted string | 8",
        "SELECT \"x | unterminated quoted identifier | 8",
        "SELECT $a$x$b$ | unterminated dollar-quoted string | 8",
        "SELECT /* /* */ 1 | unterminated multiline comment | 8",
        "SET cluster | Expected equals sign or TO, found EOF | 12",
      })
  void namesWhatWasExpectedAndWhatWasFound(String sql, String message, int position) {
    SqlMessage error = assertThrows(SqlException.class, () -> SqlParser.parse(sql)).sqlMessage();
    assertEquals(message, error.message());
    assertEquals("42601", error.sqlState());
    assertEquals(Optional.of(position), error.position());
  }
}

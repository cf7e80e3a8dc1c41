package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.sql.Talk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnsupportedStatementsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "CREATE ROLE \"r\" WITH INHERIT LOGIN | CREATE ROLE",
        "ALTER ROLE r SET x TO 'y' | ALTER ROLE",
        "DROP ROLE r | DROP ROLE",
        "GRANT USAGE ON CLUSTER c TO r | GRANT",
        "REVOKE r FROM s | REVOKE",
        "ALTER DEFAULT PRIVILEGES FOR ROLE x GRANT USAGE ON CLUSTERS TO g | ALTER DEFAULT"
            + " PRIVILEGES",
        "EXPLAIN SELECT 1 | EXPLAIN SELECT",
        "CREATE TABLE t (a int) | CREATE TABLE",
        "CREATE OR REPLACE VIEW v AS SELECT 1 | CREATE OR REPLACE VIEW",
        "CREATE MATERIALIZED VIEW v AS SELECT 1 | CREATE MATERIALIZED VIEW",
        "INSERT INTO t VALUES (1) | INSERT",
        "SUBSCRIBE t | SUBSCRIBE",
        "SHOW PRIVILEGES | SHOW PRIVILEGES",
        "SHOW CREATE VIEW v | SHOW CREATE",
        "SAVEPOINT a | SAVEPOINT",
        "ROLLBACK TO SAVEPOINT a | ROLLBACK TO SAVEPOINT",
        "COMMENT ON TABLE t IS 'x' | COMMENT ON TABLE",
        "SET ROLE x | SET ROLE",
        "COMMIT AND CHAIN | CHAIN",
      })
  void areNamedClearly(String sql, String what) {
    var error = new Talk().fails(sql);
    assertEquals(what + " is not supported yet", error.message());
    assertEquals("0A000", error.sqlState());
  }
}

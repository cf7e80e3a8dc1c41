package dev.muster.api.sql.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** What is recorded of a statement holds no secret, whether we know the statement or not. */
class SecretsTest {
  @Provide
  static Arbitrary<String> statements() {
    return Arbitraries.of(
        "CREATE ROLE r WITH LOGIN PASSWORD %s SUPERUSER",
        "alter role r password %s",
        "ALTER ROLE r PASSWORD\n  -- it's the new one\n  %s;",
        "-- don't tell\nALTER ROLE r PASSWORD %s",
        "/* it's */ ALTER USER r ENCRYPTED PASSWORD = %s VALID UNTIL 'x'",
        "CREATE SECRET \"it's\" AS %s",
        "ALTER SYSTEM SET sso_client_secret TO %s",
        "SET \"smtp.password\" = %s",
        "COMMENT ON CLUSTER c IS 'a''b'; CREATE SECRET s AS decode(%s, 'base64')",
        "GRANT ( PASSWORD %s no statement at all",
        "CREATE CONNECTION k TO KAFKA (SASL PASSWORD %s, ACCESS KEYS %s)");
  }

  @Provide
  static Arbitrary<String> literals() {
    return Arbitraries.of(
        "'%s'",
        "'x''%s'",
        "E'\\'%s'",
        "U&'%s'",
        "$$%s$$",
        "$tag$it's $$ %s$tag$",
        "/* '%s' */ 'x'",
        "'%s",
        "$$%s");
  }

  @Property
  void noStringAfterAWordForASecretIsKept(
      @ForAll("statements") String statement,
      @ForAll("literals") String literal,
      @ForAll @AlphaChars @StringLength(min = 16, max = 20) String secret) {
    String written = statement.replace("%s", literal.replace("%s", secret));
    String kept = StatementRecord.of(written);
    assertFalse(kept.contains(secret), () -> written + "\nis kept as\n" + kept);
  }

  @Test
  void theRestOfTheStatementIsKept() {
    assertEquals(
        "CREATE ROLE r WITH LOGIN PASSWORD '<removed>' SUPERUSER",
        StatementRecord.of("CREATE ROLE r WITH LOGIN PASSWORD 'hunter2' SUPERUSER"));
    assertEquals(
        "ALTER SYSTEM SET admin_password = '<removed>'; ALTER CLUSTER c SET (SIZE = 'small')",
        StatementRecord.of(
            "ALTER SYSTEM SET admin_password = hunter2; ALTER CLUSTER c SET (SIZE = 'small')"));
    assertEquals("ALTER ROLE r PASSWORD NULL", StatementRecord.of("ALTER ROLE r PASSWORD NULL"));
  }

  @Test
  void whatHoldsNoSecretIsKeptToTheLetter() {
    String statement =
        "ALTER CLUSTER \"Größe\" SET (SIZE = 'small') -- it's $1\n WITH (WAIT FOR '10m');";
    assertEquals(statement, StatementRecord.of(statement));
    assertEquals(
        "COMMENT ON CLUSTER c IS 'the password is known'",
        StatementRecord.of("COMMENT ON CLUSTER c IS 'the password is known'"));
  }

  /** Cut first, a secret without its end might be left. */
  @Test
  void itIsTakenOutBeforeALongTextIsCut() {
    String kept = StatementRecord.of("ALTER ROLE r PASSWORD '" + "s3cret".repeat(1_000_000) + "'");
    assertEquals("ALTER ROLE r PASSWORD '<removed>'", kept);
    String early = "/*" + "x".repeat(4_060) + "*/ ALTER ROLE r PASSWORD 'hunter2hunter2'";
    assertTrue(StatementRecord.of(early).length() <= StatementRecord.CHARACTERS_MAX + 1);
    assertFalse(StatementRecord.of(early).contains("hunter"));
  }
}

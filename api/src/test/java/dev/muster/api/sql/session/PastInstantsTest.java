package dev.muster.api.sql.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogQueries.PastInstant;
import dev.muster.api.catalog.CatalogQueries.QueryContext;
import dev.muster.api.catalog.engine.DuckDbCatalog;
import dev.muster.api.catalog.engine.EngineLimits;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.tree.AsOf;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AS OF is given, as an instant or as a clear error. */
class PastInstantsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final QueryContext CONTEXT =
      new QueryContext("materialize", "materialize", "public", Map.of());

  private static DuckDbCatalog catalog;

  @BeforeAll
  static void open() {
    catalog =
        new DuckDbCatalog(
            CatalogFixture.SIZES,
            CatalogFixture.EMPTY_JOURNAL,
            EngineLimits.load(ConfigFactory.load()));
  }

  @AfterAll
  static void close() {
    catalog.close();
  }

  private static PastInstant read(String expression) {
    return new PastInstants(catalog, InstantSource.fixed(NOW))
        .read(new AsOf(false, expression, 20), CONTEXT, query -> new CatalogFixture().snapshot());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'2026-11-20 10:00' | 2026-11-20T10:00:00Z",
        "'2026-11-20 10:00:00.5+02' | 2026-11-20T08:00:00.500Z",
        "TIMESTAMP '2026-11-20 10:00' | 2026-11-20T10:00:00Z",
        "TIMESTAMP WITH TIME ZONE '2026-11-20 10:00+01:00' | 2026-11-20T09:00:00Z",
        "'2026-11-20' | 2026-11-20T00:00:00Z",
        "DATE '2026-11-20' | 2026-11-20T00:00:00Z",
        "1767225600000 | 2026-01-01T00:00:00Z",
        "1767225600000 + 1 | 2026-01-01T00:00:00.001Z",
        "TIMESTAMP '2026-11-20' - INTERVAL '1 day' | 2026-11-19T00:00:00Z",
      })
  void isATimeOrANumberOfMilliseconds(String expression, Instant instant) {
    assertEquals(instant, read(expression).at());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'2026-11-20 10:00' | 2026-11-20T09:00:00Z",
        "'2026-11-20 10:00:00.5+02' | 2026-11-20T08:00:00.500Z",
        "TIMESTAMP '2026-11-20 10:00' | 2026-11-20T09:00:00Z",
        "TIMESTAMPTZ '2026-11-20 10:00' | 2026-11-20T09:00:00Z",
        "DATE '2026-11-20' | 2026-11-19T23:00:00Z",
        "'2026-10-25 02:30' | 2026-10-25T01:30:00Z",
        "TIMESTAMP '2026-10-25 02:30' | 2026-10-25T01:30:00Z",
        "1767225600000 | 2026-01-01T00:00:00Z",
      })
  void aTimeWithoutAZoneIsOneOfTheSession(String expression, Instant instant) {
    QueryContext berlin =
        new QueryContext(
            "materialize", "materialize", "public", Map.of("timezone", "Europe/Berlin"));
    assertEquals(
        instant,
        new PastInstants(catalog, InstantSource.fixed(NOW))
            .read(new AsOf(false, expression, 20), berlin, query -> new CatalogFixture().snapshot())
            .at());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "NULL | 22023",
        "'rubbish' | 22023",
        "'2026-13-01' | 22023",
        "1.5 | 22023",
        "true | 22023",
        "1, 2 | 22023",
        "99999999999999999999999999 | 22023",
        "1 FROM (VALUES (1), (2)) v | 42601",
        "now() LIMIT 1 | 42601",
        "now() ORDER BY name | 42601",
        "now() WHERE name = 'prod' | 42601",
        "now() UNION SELECT 'x' | 42601",
        "TIMESTAMP '2026-11-20 12:00:01' | 22023",
        "nope | 42703",
        "nope() | 42883",
        "1) | 42601",
      })
  void whatIsNoPastInstantIsRefused(String expression, String sqlState) {
    SqlException refused = assertThrows(SqlException.class, () -> read(expression));
    assertEquals(sqlState, refused.sqlMessage().sqlState(), refused.getMessage());
  }

  @Test
  void aTextThatIsNoTimeIsNamedAndWhatIsOneIsSaid() {
    SqlMessage refused =
        assertThrows(SqlException.class, () -> read("lower('RUBBISH')")).sqlMessage();
    assertEquals("AS OF lower('RUBBISH') is no instant", refused.message());
    assertEquals(Optional.of("It is the text \"rubbish\"."), refused.detail());
    assertTrue(refused.hint().orElseThrow().startsWith("Give a time, such as"));
    assertEquals(Optional.of(21), refused.position());
  }

  @Test
  void whatFollowsItIsToldToComeBefore() {
    SqlMessage refused =
        assertThrows(SqlException.class, () -> read("now() - INTERVAL '1 hour' LIMIT 1"))
            .sqlMessage();
    assertEquals(
        Optional.of("AS OF is the last clause of a statement: ORDER BY and LIMIT come before it."),
        refused.hint());
  }

  @Test
  void anErrorInTheExpressionIsPlacedInTheStatement() {
    SqlException refused = assertThrows(SqlException.class, () -> read("nope"));
    assertEquals(Optional.of(21), refused.sqlMessage().position());
  }
}

package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogQueries.Query;
import dev.muster.api.catalog.CatalogQueries.QueryContext;
import dev.muster.api.type.SessionZone;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A time that names no zone is one of the session's zone, wherever the engine meets it. */
class TimeZoneTest {
  private static final CatalogFixture FIXTURE = new CatalogFixture();
  private static DuckDbCatalog catalog;

  @BeforeAll
  static void open() {
    FIXTURE.managed("prod", "25cc", 1);
    catalog = Asking.open(FIXTURE);
  }

  @AfterAll
  static void close() {
    catalog.close();
  }

  private static QueryContext in(String zone) {
    return new QueryContext("materialize", "materialize", "public", Map.of("timezone", zone));
  }

  private static List<List<Object>> rows(String zone, String sql) {
    Query query = catalog.prepare(sql, List.of(), in(zone));
    List<List<Object>> rows = new ArrayList<>();
    catalog
        .run(query, List.of(), in(zone), FIXTURE.snapshot(), stop -> {})
        .forEachRemaining(rows::add);
    return rows;
  }

  private static Object value(String zone, String sql) {
    return rows(zone, sql).getFirst().getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "UTC | 2026-07-01T10:00:00Z",
        "Europe/Berlin | 2026-07-01T08:00:00Z",
        "GMT-2 | 2026-07-01T08:00:00Z",
        "-3.5 | 2026-07-01T13:30:00Z",
        "Asia/Kolkata | 2026-07-01T04:30:00Z",
        "UTC | 2026-07-01T10:00:00Z",
      })
  void literalsAndCasts(String zone, Instant instant) {
    String sql = "SELECT '2026-07-01 10:00'::timestamptz";
    assertEquals(instant, value(zone, sql));
    assertEquals(instant, value(zone, "SELECT TIMESTAMPTZ '2026-07-01 10:00'"));
    assertEquals(instant, value(zone, "SELECT TIMESTAMP '2026-07-01 10:00'::timestamptz"));
    assertEquals(
        instant,
        value(zone, "SELECT x::timestamptz FROM (SELECT '2026-07-01 10:0' || '0' AS x) y"));
    assertEquals(
        Instant.parse("2026-07-01T10:00:00Z"),
        value(zone, "SELECT '2026-07-01 10:00+00'::timestamptz"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kolkata", "-3.5"})
  void whatWasPrintedIsReadAsTheSameInstant(String zone) {
    String printed =
        SessionZone.find(zone).orElseThrow().zone() instanceof ZoneId id
            ? FIXTURE.now().atZone(id).toLocalDateTime().toString()
            : "";
    String last = "(SELECT max(occurred_at) FROM mz_audit_events)";
    assertEquals(FIXTURE.now(), value(zone, "SELECT " + last));
    assertEquals(List.of(List.of(true)), rows(zone, "SELECT " + last + " = '" + printed + "'"));
    assertEquals(
        1,
        rows(zone, "SELECT id FROM mz_audit_events WHERE occurred_at >= '" + printed + "'").size());
    assertEquals(
        0,
        rows(zone, "SELECT id FROM mz_audit_events WHERE occurred_at > '" + printed + "'").size());
    assertEquals(
        true,
        value(zone, "SELECT " + last + "::text::timestamptz = " + last),
        "printed by the engine");
  }

  @Test
  void partsOfTimesAreThoseOfTheSession() {
    String hour = "SELECT date_part('hour', '2026-07-01 10:00+00'::timestamptz)::int";
    assertEquals(10, value("UTC", hour));
    assertEquals(12, value("Europe/Berlin", hour));
    assertEquals(
        Instant.parse("2026-06-30T22:00:00Z"),
        value("Europe/Berlin", "SELECT date_trunc('day', '2026-07-01 10:00+00'::timestamptz)"));
  }

  @Test
  void whatIsChargedIsCutByHoursAndDaysOfUtc() {
    String days =
        "SELECT day FROM mz_internal.mz_cluster_usage_daily WHERE day < '2026-01-09 00:00+00' ORDER"
            + " BY day";
    assertEquals(8, rows("UTC", days).size());
    assertEquals(Instant.parse("2026-01-02T00:00:00Z"), rows("UTC", days).get(1).getFirst());
    assertEquals(rows("UTC", days), rows("Asia/Kolkata", days));
  }

  @Test
  void theEngineKnowsEveryZoneThatCanBeSet() {
    List<String> unknown = new ArrayList<>();
    for (String id : ZoneId.getAvailableZoneIds()) {
      SessionZone.find(id)
          .ifPresent(
              zone -> {
                try {
                  value(zone.name(), "SELECT 1");
                } catch (RuntimeException e) {
                  unknown.add(id + ": " + e.getMessage());
                }
              });
    }
    assertEquals(List.of(), unknown);
  }
}

package dev.muster.api.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of time zones, as PostgreSQL has them. */
class SessionZoneTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UTC | UTC | 2026-07-01T10:00:00Z",
        "utc | UTC | 2026-07-01T10:00:00Z",
        "europe/BERLIN | Europe/Berlin | 2026-07-01T08:00:00Z",
        "EST | EST | 2026-07-01T15:00:00Z",
        "2 | <+02>-02 | 2026-07-01T08:00:00Z",
        "-3.5 | <-03:30>+03:30 | 2026-07-01T13:30:00Z",
        "GMT-2 | GMT-2 | 2026-07-01T08:00:00Z",
        "GMT+05:30 | GMT+05:30 | 2026-07-01T15:30:00Z",
        "<+02>-02 | <+02>-02 | 2026-07-01T08:00:00Z",
        "+01:00 | +01:00 | 2026-07-01T11:00:00Z",
      })
  void areRead(String text, String name, Instant tenOClock) {
    SessionZone zone = SessionZone.find(text).orElseThrow();
    assertEquals(name, zone.name());
    assertEquals(tenOClock, zone.instant(LocalDateTime.parse("2026-07-01T10:00:00")));
    assertEquals(Optional.of(zone), SessionZone.find(zone.name()), "its name says the same");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Mars/Base", "PST", "99", "GMT+25", "2 hours", "'; SELECT 1"})
  void whatIsNoneIsNone(String text) {
    assertEquals(Optional.empty(), SessionZone.find(text));
  }

  @Test
  void whereAClockIsSetTheTimeIsWhatPostgresqlMakesOfIt() {
    SessionZone berlin = SessionZone.find("Europe/Berlin").orElseThrow();
    assertEquals(
        Instant.parse("2026-10-25T01:30:00Z"),
        berlin.instant(LocalDateTime.parse("2026-10-25T02:30:00")));
    assertEquals(
        Instant.parse("2026-03-29T01:30:00Z"),
        berlin.instant(LocalDateTime.parse("2026-03-29T02:30:00")));
  }

  @Test
  void aSessionWithoutOneIsInUtc() {
    assertEquals(SessionZone.UTC, SessionZone.of(Map.of()));
    assertEquals("GMT+02:00", SessionZone.of(Map.of("timezone", "2")).engineName());
  }
}

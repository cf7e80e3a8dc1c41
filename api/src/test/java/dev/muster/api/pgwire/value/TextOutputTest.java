package dev.muster.api.pgwire.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.pgwire.Samples;
import dev.muster.api.type.SqlInterval;
import dev.muster.api.type.SqlType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The expected texts are what PostgreSQL 15 printed. */
class TextOutputTest {
  private static String text(SqlType type, Object value) {
    return TextOutput.format(type, value, ZoneOffset.UTC);
  }

  @ParameterizedTest
  @EnumSource(SqlType.class)
  void everyTypeHasItsText(SqlType type) {
    assertEquals(Samples.text(type), text(type, Samples.value(type)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 0",
    "-0.0, -0",
    "1.0, 1",
    "0.1, 0.1",
    "100000000000000.0, 100000000000000",
    "1.0E15, 1e+15",
    "123456789012345680.0, 1.2345678901234568e+17",
    "999999999999999.0, 999999999999999",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "4.9E-324, 5e-324",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "2.0E-323, 2e-323",
    "-1.5E-7, -1.5e-07",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity"
  })
  void float8IsTheShortest(double value, String text) {
    assertEquals(text, text(SqlType.FLOAT8, value));
  }

  @ParameterizedTest
  @CsvSource({
    "100000.0, 100000",
    "1000000.0, 1e+06",
    "123456.7, 123456.7",
    "0.1, 0.1",
    "1.4E-45, 1e-45",
    "3.4028235E38, 3.4028235e+38",
    "16777216.0, 1.6777216e+07",
    "-0.0, -0"
  })
  void float4IsTheShortest(float value, String text) {
    assertEquals(text, text(SqlType.FLOAT4, value));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 00:00:00",
    "1, 0, 0, 1 mon",
    "12, 1, 0, 1 year 1 day",
    "-14, 0, 0, -1 years -2 mons",
    "-1, 1, -1, -1 mons +1 day -00:00:00.000001",
    "0, -1, 3600000000, -1 days +01:00:00",
    "0, 0, -3661000000, -01:01:01",
    "0, 0, 360000000000000, 100000:00:00",
    "0, 0, 1500000, 00:00:01.5",
    "0, 0, -9223372036854775808, -2562047788:00:54.775808"
  })
  void intervalsAreInPostgresStyle(int months, int days, long microseconds, String text) {
    assertEquals(text, text(SqlType.INTERVAL, new SqlInterval(months, days, microseconds)));
  }

  @Test
  void timestampsShowTheSessionsZone() {
    Instant instant = Instant.parse("2026-11-21T10:00:00Z");
    assertEquals(
        "2026-11-21 15:30:00+05:30",
        TextOutput.format(SqlType.TIMESTAMPTZ, instant, ZoneId.of("Asia/Kolkata")));
    assertEquals(
        "2026-11-21 05:00:00-05",
        TextOutput.format(SqlType.TIMESTAMPTZ, instant, ZoneId.of("America/New_York")));
    assertEquals(
        "1880-01-01 00:53:28+00:53:28",
        TextOutput.format(
            SqlType.TIMESTAMPTZ,
            Instant.parse("1880-01-01T00:00:00Z"),
            ZoneId.of("Europe/Berlin")));
  }

  @Test
  void yearsBeforeTheFirstAreBc() {
    assertEquals("0044-03-15 BC", text(SqlType.DATE, LocalDate.of(-43, 3, 15)));
    assertEquals(
        "0001-12-31 23:00:00 BC", text(SqlType.TIMESTAMP, LocalDateTime.of(0, 12, 31, 23, 0)));
    assertEquals("12026-01-01", text(SqlType.DATE, LocalDate.of(12026, 1, 1)));
  }

  @Test
  void theLastMomentsAreInfinity() {
    assertEquals("infinity", text(SqlType.TIMESTAMPTZ, Instant.MAX));
    assertEquals("-infinity", text(SqlType.TIMESTAMPTZ, Instant.MIN));
    assertEquals("infinity", text(SqlType.DATE, LocalDate.MAX));
    assertEquals("-infinity", text(SqlType.TIMESTAMP, LocalDateTime.MIN));
  }

  @Test
  void timesHaveSecondsAlways() {
    assertEquals("00:00:00", text(SqlType.TIME, LocalTime.MIDNIGHT));
    assertEquals("10:00:00.01", text(SqlType.TIME, LocalTime.of(10, 0, 0, 10_000_000)));
  }

  @Test
  void numericsAreNeverInExponentForm() {
    assertEquals("1000", text(SqlType.NUMERIC, new BigDecimal("1E3")));
    assertEquals("0.00000001", text(SqlType.NUMERIC, new BigDecimal("1E-8")));
    assertEquals("1.50", text(SqlType.NUMERIC, new BigDecimal("1.50")));
  }

  @Test
  void nestedListsAreDimensions() {
    assertEquals("{{1,2},{3,4}}", text(SqlType.INT4_ARRAY, List.of(List.of(1, 2), List.of(3, 4))));
  }
}

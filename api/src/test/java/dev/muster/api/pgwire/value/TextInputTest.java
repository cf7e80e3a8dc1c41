package dev.muster.api.pgwire.value;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.api.error.SqlException;
import dev.muster.api.pgwire.Samples;
import dev.muster.api.type.SqlInterval;
import dev.muster.api.type.SqlType;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextInputTest {
  private static Object parse(SqlType type, String text) {
    return TextInput.parse(type, text, ZoneOffset.UTC);
  }

  @ParameterizedTest
  @EnumSource(SqlType.class)
  void whatIsPrintedIsRead(SqlType type) {
    Object expected = Samples.value(type);
    Object actual = parse(type, Samples.text(type));
    if (expected instanceof byte[] bytes) {
      assertArrayEquals(bytes, (byte[]) actual);
    } else {
      assertEquals(expected, actual);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOL | maybe | 22P02 | invalid input syntax for type boolean: \"maybe\"",
        "INT4 | abc | 22P02 | invalid input syntax for type integer: \"abc\"",
        "INT4 | 2147483648 | 22003 | value \"2147483648\" is out of range for type integer",
        "INT2 | -32769 | 22003 | value \"-32769\" is out of range for type smallint",
        "INT8 | 1.5 | 22P02 | invalid input syntax for type bigint: \"1.5\"",
        "FLOAT8 | 1x | 22P02 | invalid input syntax for type double precision: \"1x\"",
        "NUMERIC | 1..2 | 22P02 | invalid input syntax for type numeric: \"1..2\"",
        "UUID | 1234 | 22P02 | invalid input syntax for type uuid: \"1234\"",
        "DATE | soon | 22007 | invalid input syntax for type date: \"soon\"",
        "DATE | 2026-02-30 | 22008 | date/time field value out of range: \"2026-02-30\"",
        "INTERVAL | 3 apples | 22007 | invalid input syntax for type interval: \"3 apples\"",
        "INT4_ARRAY | {1,2 | 22P02 | malformed array literal: \"{1,2\"",
        "INT4_ARRAY | {1,,2} | 22P02 | malformed array literal: \"{1,,2}\"",
        "INT4_ARRAY | {1,x} | 22P02 | invalid input syntax for type integer: \"x\""
      })
  void mistakesAreNamed(SqlType type, String text, String sqlState, String message) {
    SqlException failure = assertThrows(SqlException.class, () -> parse(type, text));
    assertEquals(message, failure.getMessage());
    assertEquals(sqlState, failure.sqlMessage().sqlState());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-21 10:00:00+00",
        "2026-11-21T10:00:00Z",
        "2026-11-21 11:00:00+01",
        "2026-11-21 15:30+05:30",
        "2026-11-21 15:30+0530",
        "2026-11-21 05:00:00 America/New_York",
        "2026-11-21 10:00:00 UTC"
      })
  void zonesAreUnderstood(String text) {
    assertEquals(Instant.parse("2026-11-21T10:00:00Z"), parse(SqlType.TIMESTAMPTZ, text));
  }

  @org.junit.jupiter.api.Test
  void aTimestampWithoutAZoneIsInTheSessions() {
    assertEquals(
        Instant.parse("2026-11-21T09:00:00Z"),
        TextInput.parse(SqlType.TIMESTAMPTZ, "2026-11-21 10:00:00", ZoneId.of("Europe/Berlin")));
  }

  @ParameterizedTest
  @CsvSource({
    "1 day, 0, 1, 0",
    "1 year 2 mons 3 days 04:05:06.7, 14, 3, 14706700000",
    "-1 days +01:00:00, 0, -1, 3600000000",
    "1.5 hours, 0, 0, 5400000000",
    "10m, 0, 0, 600000000",
    "1 week ago, 0, -7, 0",
    "P1Y2M3DT4H5M6S, 14, 3, 14706000000",
    "90, 0, 0, 90000000",
    "500ms, 0, 0, 500000"
  })
  void intervalsAreUnderstood(String text, int months, int days, long microseconds) {
    assertEquals(new SqlInterval(months, days, microseconds), parse(SqlType.INTERVAL, text));
  }

  @Property(tries = 300, seed = "20261121")
  void textArraysComeBackAsTheyWere(@ForAll List<String> elements) {
    String text = TextOutput.format(SqlType.TEXT_ARRAY, elements, ZoneOffset.UTC);
    assertEquals(elements, parse(SqlType.TEXT_ARRAY, text));
  }

  @Property(tries = 500, seed = "20261121")
  void floatsComeBackAsTheyWere(@ForAll double value) {
    assertEquals(
        value, parse(SqlType.FLOAT8, TextOutput.format(SqlType.FLOAT8, value, ZoneOffset.UTC)));
  }

  @Property(tries = 500, seed = "20261121")
  void intervalsComeBackAsTheyWere(@ForAll int months, @ForAll int days, @ForAll int microseconds) {
    SqlInterval interval = new SqlInterval(months, days, microseconds);
    String text = TextOutput.format(SqlType.INTERVAL, interval, ZoneOffset.UTC);
    assertEquals(interval, parse(SqlType.INTERVAL, text));
  }

  @Property(tries = 1000, seed = "20261121")
  void anyTextIsAValueOrAClearError(@ForAll String text) {
    for (SqlType type : SqlType.values()) {
      try {
        parse(type, text);
      } catch (SqlException e) {
        assertEquals(5, e.sqlMessage().sqlState().length());
      }
    }
  }

  @org.junit.jupiter.api.Test
  void bareArrayElementsMayBePadded() {
    assertEquals(
        Arrays.asList("a b", null, "c"), parse(SqlType.TEXT_ARRAY, " { a b , null,\"c\" } "));
  }
}

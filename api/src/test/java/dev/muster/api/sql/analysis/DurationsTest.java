package dev.muster.api.sql.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "0s, PT0S",
    "1s, PT1S",
    "10m, PT10M",
    "10 min, PT10M",
    "1 day, PT24H",
    "1 day 02:30, PT26H30M",
    "1 DAY 2 hours 3 minutes, PT26H3M",
    "1.5 hours, PT1H30M",
    "00:00:01, PT1S",
    "00:00:00.25, PT0.25S",
    "500ms, PT0.5S",
    "1mon, PT720H",
    "1y, PT8640H",
    "PT1M, PT1M",
    "P1DT2H, PT26H",
    "5, PT5S",
    ".5, PT0.5S",
    "' 90 s ', PT1M30S",
  })
  void whatATextSays(String text, Duration duration) {
    assertEquals(Optional.of(duration), Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "x", "1 parsec", "-1s", "1s x", "P", "PT", "1:2:3:4", "--1", "9e99 y"})
  void whatSaysNone(String text) {
    assertEquals(Optional.empty(), Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999999999999999999 years", "300000 years"})
  void whatIsTooLong(String text) {
    assertEquals(Optional.empty(), Durations.parse(text));
  }

  @Property
  void whatIsPrintedIsRead(@ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long micros) {
    Duration duration = Duration.ofNanos(micros * 1_000);
    assertEquals(Optional.of(duration), Durations.parse(Durations.format(duration)));
  }

  @Property
  void anyTextIsReadOrNot(@ForAll String text) {
    Durations.parse(text).ifPresent(duration -> assertEquals(false, duration.isNegative()));
  }
}

package dev.muster.deploy.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-20T10:00:00Z, 2026-11-20T10:00:00Z",
    "2026-11-20T10:00:00.123456Z, 2026-11-20T10:00:00.123456Z",
    "2026-11-20 10:00, 2026-11-20T10:00:00Z",
    "2026-11-20 10:00:30.5, 2026-11-20T10:00:30.500Z",
    "2026-11-20 10:00:30.123+00, 2026-11-20T10:00:30.123Z",
    "2026-11-20 10:00:30+02, 2026-11-20T08:00:30Z",
    "2026-11-20T10:00:30+02:00, 2026-11-20T08:00:30Z",
    "2026-11-20, 2026-11-20T00:00:00Z",
    "1790000000000, 2026-09-21T14:13:20Z",
  })
  void aTimeIsUnderstoodAsItIsWritten(String text, Instant expected) {
    assertEquals(Optional.of(expected), Times.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "2026-11-20T", "2026-11", "2026-13-01 10:00", "-1", "10:00"})
  void whatIsNoTimeIsNone(String text) {
    assertEquals(Optional.empty(), Times.parse(text));
  }
}

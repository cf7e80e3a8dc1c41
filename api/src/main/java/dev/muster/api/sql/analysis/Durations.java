package dev.muster.api.sql.analysis;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's interval texts, as far as they say a span of time that is not negative: {@code
 * '10m'}, {@code '1 day 02:30'}, {@code '1.5 hours'}, {@code 'PT1M'}, {@code '0'}. A month counts
 * 30 days, a year 12 months, as PostgreSQL has it when it compares intervals.
 */
public final class Durations {
  private static final BigDecimal MICROS_MAX = BigDecimal.valueOf(Long.MAX_VALUE / 1_000);
  private static final int TEXT_MAX_CHARACTERS = 128;

  private static final Pattern PART =
      Pattern.compile(
          "\\G[\\s,@]*(?:(?<hours>\\d{1,9}):(?<minutes>\\d{1,2})(?::(?<seconds>\\d{1,2}(?:\\.\\d*)?))?"
              + "|(?<number>[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+))\\s*(?<unit>[a-zµ]*))");

  private static final Pattern ISO =
      Pattern.compile(
          "p(?:(?<y>\\d+)y)?(?:(?<mo>\\d+)m)?(?:(?<w>\\d+)w)?(?:(?<d>\\d+)d)?"
              + "(?:t(?:(?<h>\\d+)h)?(?:(?<mi>\\d+)m)?(?:(?<s>\\d+(?:\\.\\d+)?)s)?)?");

  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  /** Microseconds of every unit, by all its names. */
  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("us", 1L),
          Map.entry("µs", 1L),
          Map.entry("usec", 1L),
          Map.entry("usecs", 1L),
          Map.entry("microsecond", 1L),
          Map.entry("microseconds", 1L),
          Map.entry("ms", 1_000L),
          Map.entry("msec", 1_000L),
          Map.entry("msecs", 1_000L),
          Map.entry("millisecond", 1_000L),
          Map.entry("milliseconds", 1_000L),
          Map.entry("", SECOND),
          Map.entry("s", SECOND),
          Map.entry("sec", SECOND),
          Map.entry("secs", SECOND),
          Map.entry("second", SECOND),
          Map.entry("seconds", SECOND),
          Map.entry("m", 60 * SECOND),
          Map.entry("min", 60 * SECOND),
          Map.entry("mins", 60 * SECOND),
          Map.entry("minute", 60 * SECOND),
          Map.entry("minutes", 60 * SECOND),
          Map.entry("h", 3_600 * SECOND),
          Map.entry("hr", 3_600 * SECOND),
          Map.entry("hrs", 3_600 * SECOND),
          Map.entry("hour", 3_600 * SECOND),
          Map.entry("hours", 3_600 * SECOND),
          Map.entry("d", DAY),
          Map.entry("day", DAY),
          Map.entry("days", DAY),
          Map.entry("w", 7 * DAY),
          Map.entry("week", 7 * DAY),
          Map.entry("weeks", 7 * DAY),
          Map.entry("mon", 30 * DAY),
          Map.entry("mons", 30 * DAY),
          Map.entry("month", 30 * DAY),
          Map.entry("months", 30 * DAY),
          Map.entry("y", 360 * DAY),
          Map.entry("yr", 360 * DAY),
          Map.entry("yrs", 360 * DAY),
          Map.entry("year", 360 * DAY),
          Map.entry("years", 360 * DAY));

  private Durations() {}

  /** The span that a text says; empty where it says none, or one below zero. */
  public static Optional<Duration> parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.isEmpty() || lower.length() > TEXT_MAX_CHARACTERS) {
      return Optional.empty();
    }
    return (lower.charAt(0) == 'p' ? iso(lower) : parts(lower))
        .filter(micros -> micros.signum() >= 0 && micros.compareTo(MICROS_MAX) <= 0)
        .map(micros -> Duration.ofNanos(micros.longValue() * 1_000));
  }

  private static Optional<BigDecimal> parts(String text) {
    Matcher part = PART.matcher(text);
    BigDecimal micros = BigDecimal.ZERO;
    int end = 0;
    while (end < text.length() && part.find()) {
      if (part.group("hours") != null) {
        micros =
            micros
                .add(times(part.group("hours"), 3_600 * SECOND))
                .add(times(part.group("minutes"), 60 * SECOND))
                .add(times(part.group("seconds"), SECOND));
      } else {
        Long unit = UNITS.get(part.group("unit"));
        if (unit == null) {
          return Optional.empty();
        }
        micros = micros.add(times(part.group("number"), unit));
      }
      end = part.end();
    }
    return end == text.length() ? Optional.of(micros) : Optional.empty();
  }

  private static Optional<BigDecimal> iso(String text) {
    Matcher matcher = ISO.matcher(text);
    if (!matcher.matches()
        || !Character.isLetter(text.charAt(text.length() - 1))
        || text.length() < 3) {
      return Optional.empty();
    }
    return Optional.of(
        times(matcher.group("y"), 360 * DAY)
            .add(times(matcher.group("mo"), 30 * DAY))
            .add(times(matcher.group("w"), 7 * DAY))
            .add(times(matcher.group("d"), DAY))
            .add(times(matcher.group("h"), 3_600 * SECOND))
            .add(times(matcher.group("mi"), 60 * SECOND))
            .add(times(matcher.group("s"), SECOND)));
  }

  private static BigDecimal times(String number, long micros) {
    return number == null
        ? BigDecimal.ZERO
        : new BigDecimal(number).multiply(BigDecimal.valueOf(micros));
  }

  /** As PostgreSQL prints an interval: {@code 00:00:01}, {@code 1 day}, {@code 00:00:00.5}. */
  public static String format(Duration duration) {
    long days = duration.toDays();
    Duration rest = duration.minusDays(days);
    StringBuilder out = new StringBuilder();
    if (days > 0) {
      out.append(days).append(days == 1 ? " day" : " days");
    }
    if (!rest.isZero() || days == 0) {
      out.append(out.isEmpty() ? "" : " ")
          .append(
              String.format(
                  Locale.ROOT,
                  "%02d:%02d:%02d",
                  rest.toHours(),
                  rest.toMinutesPart(),
                  rest.toSecondsPart()));
      if (rest.toNanosPart() > 0) {
        out.append(
            String.format(Locale.ROOT, ".%06d", rest.toNanosPart() / 1_000).replaceAll("0+$", ""));
      }
    }
    return out.toString();
  }
}

package dev.muster.api.pgwire.value;

import dev.muster.api.type.SessionZone;
import dev.muster.api.type.SqlType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times in ISO 8601 and in the form that PostgreSQL prints, which is what drivers send:
 * {@code 2026-11-21 10:00:00.123+00}, with {@code T} or a space, a named zone or an offset, {@code
 * BC}, {@code infinity}. Other orders of day and month are refused.
 */
final class TimeInput {
  private static final String DATE = "(\\d{4,6})-(\\d{1,2})-(\\d{1,2})";
  private static final String TIME = "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9})\\d*)?)?";
  private static final String ZONE = "(Z|[+-]\\d{1,2}(?::?\\d{2}){0,2}|[A-Za-z][A-Za-z_/+-]*\\d*)";
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          DATE + "(?:[T ]+" + TIME + ")?(?:\\s*" + ZONE + ")??(\\s+BC)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern TIME_ALONE =
      Pattern.compile(TIME + "(?:\\s*" + ZONE + ")?", Pattern.CASE_INSENSITIVE);

  private TimeInput() {}

  static LocalDate date(String text) {
    return switch (infinity(text)) {
      case 1 -> LocalDate.MAX;
      case -1 -> LocalDate.MIN;
      default -> match(SqlType.DATE, text).date();
    };
  }

  static LocalTime time(String text) {
    Matcher matcher = TIME_ALONE.matcher(text.strip());
    if (!matcher.matches()) {
      throw ValueErrors.invalidText(SqlType.TIME, text);
    }
    return new Parts(matcher, text, 0).time();
  }

  static LocalDateTime timestamp(String text) {
    return switch (infinity(text)) {
      case 1 -> LocalDateTime.MAX;
      case -1 -> LocalDateTime.MIN;
      default -> match(SqlType.TIMESTAMP, text).dateTime();
    };
  }

  static Instant timestampWithZone(String text, ZoneId sessionZone) {
    return switch (infinity(text)) {
      case 1 -> Instant.MAX;
      case -1 -> Instant.MIN;
      default -> {
        Parts parts = match(SqlType.TIMESTAMPTZ, text);
        yield SessionZone.instant(parts.dateTime(), parts.zone(sessionZone));
      }
    };
  }

  private static int infinity(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "infinity", "+infinity" -> 1;
      case "-infinity" -> -1;
      default -> 0;
    };
  }

  private static Parts match(SqlType type, String text) {
    Matcher matcher = TIMESTAMP.matcher(text.strip());
    if (!matcher.matches()) {
      throw ValueErrors.invalidText(type, text);
    }
    return new Parts(matcher, text, 3);
  }

  /** What the pattern found: the date in the groups from 1 on, the time after {@code timeAfter}. */
  private record Parts(Matcher found, String text, int timeAfter) {
    LocalDate date() {
      int year = number(1);
      try {
        return LocalDate.of(found.group(9) == null ? year : 1 - year, number(2), number(3));
      } catch (DateTimeException e) {
        throw ValueErrors.fieldOutOfRange(text);
      }
    }

    LocalTime time() {
      try {
        return LocalTime.of(
            number(timeAfter + 1), number(timeAfter + 2), number(timeAfter + 3), nanoseconds());
      } catch (DateTimeException e) {
        throw ValueErrors.fieldOutOfRange(text);
      }
    }

    LocalDateTime dateTime() {
      return LocalDateTime.of(date(), time());
    }

    ZoneId zone(ZoneId sessionZone) {
      String zone = found.group(timeAfter + 5);
      if (zone == null) {
        return sessionZone;
      }
      try {
        return Character.isLetter(zone.charAt(0)) ? named(zone) : offset(zone);
      } catch (DateTimeException e) {
        throw ValueErrors.invalidText(SqlType.TIMESTAMPTZ, text);
      }
    }

    private static ZoneId named(String zone) {
      return SessionZone.find(zone)
          .map(SessionZone::zone)
          .orElseGet(() -> ZoneId.of(zone, ZoneId.SHORT_IDS));
    }

    private static ZoneOffset offset(String zone) {
      String digits = zone.substring(1).replace(":", "");
      String padded = digits.length() % 2 == 1 ? "0" + digits : digits;
      return ZoneOffset.of(zone.charAt(0) + padded);
    }

    private int number(int group) {
      String digits = found.group(group);
      return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** To the microsecond, as PostgreSQL keeps it. */
    private int nanoseconds() {
      String digits = found.group(timeAfter + 4);
      if (digits == null) {
        return 0;
      }
      int nanoseconds = Integer.parseInt((digits + "00000000").substring(0, 9));
      return nanoseconds / 1000 * 1000;
    }
  }
}

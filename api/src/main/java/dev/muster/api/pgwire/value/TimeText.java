package dev.muster.api.pgwire.value;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Dates and times as PostgreSQL prints them with {@code DateStyle = ISO}: microseconds without
 * trailing zeros, the zone as the shortest offset ({@code +00}, {@code +05:30}), years before the
 * first with {@code BC}. The greatest and the least value of each Java type are PostgreSQL's {@code
 * infinity} and {@code -infinity}.
 */
final class TimeText {
  private TimeText() {}

  static String date(LocalDate date) {
    if (date.equals(LocalDate.MAX)) {
      return "infinity";
    }
    if (date.equals(LocalDate.MIN)) {
      return "-infinity";
    }
    StringBuilder text = new StringBuilder();
    appendDate(text, date);
    return era(text, date);
  }

  static String time(LocalTime time) {
    StringBuilder text = new StringBuilder();
    appendTime(text, time);
    return text.toString();
  }

  static String timestamp(LocalDateTime timestamp) {
    if (timestamp.equals(LocalDateTime.MAX)) {
      return "infinity";
    }
    if (timestamp.equals(LocalDateTime.MIN)) {
      return "-infinity";
    }
    return era(dateAndTime(timestamp), timestamp.toLocalDate());
  }

  static String timestampWithZone(Instant instant, ZoneId zone) {
    if (instant.equals(Instant.MAX)) {
      return "infinity";
    }
    if (instant.equals(Instant.MIN)) {
      return "-infinity";
    }
    ZonedDateTime zoned = instant.atZone(zone);
    StringBuilder text = dateAndTime(zoned.toLocalDateTime());
    appendOffset(text, zoned.getOffset());
    return era(text, zoned.toLocalDate());
  }

  private static StringBuilder dateAndTime(LocalDateTime timestamp) {
    StringBuilder text = new StringBuilder(32);
    appendDate(text, timestamp.toLocalDate());
    text.append(' ');
    appendTime(text, timestamp.toLocalTime());
    return text;
  }

  private static String era(StringBuilder text, LocalDate date) {
    return date.getYear() <= 0 ? text.append(" BC").toString() : text.toString();
  }

  private static void appendDate(StringBuilder text, LocalDate date) {
    int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
    if (year < 1000) {
      text.append(year < 10 ? "000" : year < 100 ? "00" : "0");
    }
    text.append(year).append('-');
    twoDigits(text, date.getMonthValue()).append('-');
    twoDigits(text, date.getDayOfMonth());
  }

  private static void appendTime(StringBuilder text, LocalTime time) {
    twoDigits(text, time.getHour()).append(':');
    twoDigits(text, time.getMinute()).append(':');
    twoDigits(text, time.getSecond());
    appendMicroseconds(text, time.getNano() / 1000);
  }

  /** A fraction of a second, without trailing zeros; nothing at all for none. */
  static void appendMicroseconds(StringBuilder text, int microseconds) {
    if (microseconds == 0) {
      return;
    }
    String digits = Integer.toString(1_000_000 + microseconds);
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    text.append('.').append(digits, 1, end);
  }

  private static void appendOffset(StringBuilder text, ZoneOffset offset) {
    int seconds = Math.abs(offset.getTotalSeconds());
    text.append(offset.getTotalSeconds() < 0 ? '-' : '+');
    twoDigits(text, seconds / 3600);
    if (seconds % 3600 != 0) {
      twoDigits(text.append(':'), seconds / 60 % 60);
    }
    if (seconds % 60 != 0) {
      twoDigits(text.append(':'), seconds % 60);
    }
  }

  private static StringBuilder twoDigits(StringBuilder text, int value) {
    return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }
}

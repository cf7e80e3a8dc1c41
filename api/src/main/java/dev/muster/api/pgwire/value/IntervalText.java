package dev.muster.api.pgwire.value;

import dev.muster.api.type.SqlInterval;

/** Intervals as PostgreSQL prints them with {@code IntervalStyle = postgres}. */
final class IntervalText {
  private static final long MICROSECONDS_PER_SECOND = 1_000_000;

  private final StringBuilder text = new StringBuilder();
  private boolean negativeBefore;

  private IntervalText() {}

  static String format(SqlInterval interval) {
    IntervalText parts = new IntervalText();
    parts.append(interval.months() / 12, "year");
    parts.append(interval.months() % 12, "mon");
    parts.append(interval.days(), "day");
    if (interval.microseconds() != 0 || parts.text.isEmpty()) {
      parts.appendTime(interval.microseconds());
    }
    return parts.text.toString();
  }

  private void append(int value, String unit) {
    if (value == 0) {
      return;
    }
    text.append(text.isEmpty() ? "" : " ").append(negativeBefore && value > 0 ? "+" : "");
    text.append(value).append(' ').append(unit).append(value == 1 ? "" : "s");
    negativeBefore = value < 0;
  }

  private void appendTime(long microseconds) {
    text.append(text.isEmpty() ? "" : " ");
    text.append(microseconds < 0 ? "-" : negativeBefore ? "+" : "");
    // Division first: the magnitude of the least long does not fit one.
    long seconds = Math.abs(microseconds / MICROSECONDS_PER_SECOND);
    appendTwoDigits(seconds / 3600);
    text.append(':');
    appendTwoDigits(seconds / 60 % 60);
    text.append(':');
    appendTwoDigits(seconds % 60);
    TimeText.appendMicroseconds(text, (int) Math.abs(microseconds % MICROSECONDS_PER_SECOND));
  }

  private void appendTwoDigits(long value) {
    text.append(value < 10 ? "0" : "").append(value);
  }
}

package dev.muster.api.pgwire.value;

import dev.muster.api.type.SqlInterval;
import dev.muster.api.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Intervals from text: amounts with units ({@code 1 day -2 hours}, {@code 1.5h}), a clock ({@code
 * 04:05:06.7}), {@code ago} at the end, and ISO 8601 ({@code P1DT2H}).
 */
final class IntervalInput {
  private static final Pattern AMOUNT =
      Pattern.compile("\\s*([+-]?\\d{1,18}(?:\\.\\d{0,18})?|[+-]?\\.\\d{1,18})\\s*([a-z]+)\\s*");
  private static final Pattern CLOCK =
      Pattern.compile("\\s*([+-]?)(\\d{1,10}):(\\d{1,2})(?::(\\d{1,2}(?:\\.\\d{0,18})?))?\\s*");
  private static final BigDecimal MICROSECONDS_PER_SECOND = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MICROSECONDS_PER_DAY = BigDecimal.valueOf(86_400_000_000L);
  private static final BigDecimal DAYS_PER_MONTH = BigDecimal.valueOf(30);

  private final String text;
  private BigDecimal months = BigDecimal.ZERO;
  private BigDecimal days = BigDecimal.ZERO;
  private BigDecimal microseconds = BigDecimal.ZERO;

  private IntervalInput(String text) {
    this.text = text;
  }

  static SqlInterval parse(String text) {
    IntervalInput input = new IntervalInput(text);
    String words = text.strip().toLowerCase(Locale.ROOT);
    boolean iso = words.startsWith("p");
    return iso ? input.iso(words.substring(1)) : input.words(words);
  }

  private SqlInterval words(String words) {
    boolean ago = words.endsWith(" ago");
    String rest = ago ? words.substring(0, words.length() - 4) : words;
    if (rest.isBlank()) {
      throw invalid();
    }
    while (!rest.isEmpty()) {
      Matcher clock = CLOCK.matcher(rest);
      Matcher amount = AMOUNT.matcher(rest);
      if (clock.lookingAt()) {
        addClock(clock);
        rest = rest.substring(clock.end());
      } else if (amount.lookingAt()) {
        add(new BigDecimal(amount.group(1)), amount.group(2));
        rest = rest.substring(amount.end());
      } else if (rest.matches("[+-]?\\d{1,18}(\\.\\d{0,18})?")) {
        add(new BigDecimal(rest), "s"); // a bare number is seconds
        rest = "";
      } else {
        throw invalid();
      }
    }
    return total(ago);
  }

  private SqlInterval iso(String words) {
    String[] dateAndTime = words.split("t", -1);
    if (dateAndTime.length > 2 || words.isEmpty()) {
      throw invalid();
    }
    addIso(dateAndTime[0], "mon");
    if (dateAndTime.length == 2) {
      addIso(dateAndTime[1], "min");
    }
    return total(false);
  }

  private void addIso(String part, String meaningOfM) {
    String rest = part;
    while (!rest.isEmpty()) {
      Matcher amount = AMOUNT.matcher(rest);
      if (!amount.lookingAt()) {
        throw invalid();
      }
      String unit = amount.group(2).equals("m") ? meaningOfM : amount.group(2);
      add(new BigDecimal(amount.group(1)), unit);
      rest = rest.substring(amount.end());
    }
  }

  private void addClock(Matcher clock) {
    BigDecimal sign = BigDecimal.valueOf(clock.group(1).equals("-") ? -1 : 1);
    add(sign.multiply(new BigDecimal(clock.group(2))), "h");
    add(sign.multiply(new BigDecimal(clock.group(3))), "min");
    if (clock.group(4) != null) {
      add(sign.multiply(new BigDecimal(clock.group(4))), "s");
    }
  }

  private void add(BigDecimal amount, String unit) {
    switch (unit) {
      case "millennium", "millennia", "millenniums" -> addMonths(amount, 12_000);
      case "century", "centuries", "c" -> addMonths(amount, 1200);
      case "decade", "decades" -> addMonths(amount, 120);
      case "year", "years", "yr", "yrs", "y" -> addMonths(amount, 12);
      case "month", "months", "mon", "mons" -> addMonths(amount, 1);
      case "week", "weeks", "w" -> addDays(amount.multiply(BigDecimal.valueOf(7)));
      case "day", "days", "d" -> addDays(amount);
      case "hour", "hours", "hr", "hrs", "h" -> addSeconds(amount, "3600");
      case "minute", "minutes", "min", "mins", "m" -> addSeconds(amount, "60");
      case "second", "seconds", "sec", "secs", "s" -> addSeconds(amount, "1");
      case "millisecond", "milliseconds", "msec", "msecs", "ms" -> addSeconds(amount, "0.001");
      case "microsecond", "microseconds", "usec", "usecs", "us" -> addSeconds(amount, "0.000001");
      default -> throw invalid();
    }
  }

  /** A fraction of a month is days, of 30 a month; a fraction of a day is time. */
  private void addMonths(BigDecimal amount, int monthsEach) {
    BigDecimal all = amount.multiply(BigDecimal.valueOf(monthsEach));
    BigDecimal whole = all.setScale(0, RoundingMode.DOWN);
    months = months.add(whole);
    addDays(all.subtract(whole).multiply(DAYS_PER_MONTH));
  }

  private void addDays(BigDecimal amount) {
    BigDecimal whole = amount.setScale(0, RoundingMode.DOWN);
    days = days.add(whole);
    microseconds = microseconds.add(amount.subtract(whole).multiply(MICROSECONDS_PER_DAY));
  }

  private void addSeconds(BigDecimal amount, String secondsEach) {
    microseconds =
        microseconds.add(
            amount.multiply(new BigDecimal(secondsEach)).multiply(MICROSECONDS_PER_SECOND));
  }

  private SqlInterval total(boolean ago) {
    BigDecimal sign = BigDecimal.valueOf(ago ? -1 : 1);
    try {
      return new SqlInterval(
          months.multiply(sign).intValueExact(),
          days.multiply(sign).intValueExact(),
          microseconds.multiply(sign).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    } catch (ArithmeticException e) {
      throw ValueErrors.fieldOutOfRange(text);
    }
  }

  private RuntimeException invalid() {
    return ValueErrors.invalidText(SqlType.INTERVAL, text);
  }
}

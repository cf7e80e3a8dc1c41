package dev.muster.api.sql.session;

import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.analysis.Booleans;
import dev.muster.api.sql.analysis.Durations;
import dev.muster.api.type.SessionZone;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What values a variable takes, and how they are kept. */
sealed interface VariableKind {
  /** Any text; a list is joined. */
  record AnyText() implements VariableKind {}

  /** Names, each quoted where it must be, joined. */
  record Names() implements VariableKind {}

  record Flag() implements VariableKind {}

  record Whole(int least, int most) implements VariableKind {}

  /** A span of time; a bare number counts milliseconds, 0 is none. */
  record Time() implements VariableKind {}

  record TimeZone() implements VariableKind {}

  /** One of some words, told apart without regard to case. */
  record OneOf(List<String> words) implements VariableKind {
    public OneOf {
      words = List.copyOf(words);
    }
  }

  /** May be set to what it is, which drivers do, and to nothing else. */
  record Fixed() implements VariableKind {}

  record ReadOnly() implements VariableKind {}

  /**
   * The value as it is kept.
   *
   * @throws SqlException where the variable cannot have it
   */
  default String checked(VariableDefinition variable, List<String> values) {
    String value = String.join(", ", values);
    return switch (this) {
      case AnyText ignored -> value;
      case Names ignored -> value;
      case Flag ignored ->
          Booleans.parse(value)
              .map(on -> on ? "on" : "off")
              .orElseThrow(() -> wrongType(variable, "boolean"));
      case Whole whole -> whole(variable, whole, value);
      case Time ignored ->
          duration(value)
              .map(VariableKind::format)
              .orElseThrow(() -> wrongType(variable, "duration"));
      case TimeZone ignored -> timeZone(variable, value);
      case OneOf oneOf ->
          oneOf.words().stream()
              .filter(word -> word.equalsIgnoreCase(value.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      invalid(variable, value)
                          .withHint("Available values: " + String.join(", ", oneOf.words()) + "."));
      case Fixed ignored -> {
        if (!same(variable, value)) {
          throw SqlErrors.invalid(
              "parameter "
                  + SqlErrors.quoted(variable.name())
                  + " can only be set to "
                  + SqlErrors.quoted(variable.defaultValue()));
        }
        yield variable.defaultValue();
      }
      case ReadOnly ignored ->
          throw SqlErrors.error(
              SqlErrors.CANNOT_CHANGE_RUNTIME_PARAMETER,
              "parameter " + SqlErrors.quoted(variable.name()) + " cannot be changed");
    };
  }

  /**
   * {@code utf-8}, {@code 'UTF8'} and {@code unicode} are one encoding, and {@code SQL_ASCII},
   * which clients in the C locale ask for, means none in particular; {@code true} is on.
   */
  private static boolean same(VariableDefinition variable, String value) {
    String fixed = variable.defaultValue();
    if (value.strip().equalsIgnoreCase(fixed)) {
      return true;
    }
    if (fixed.equals("UTF8")) {
      return List.of("utf8", "utf-8", "unicode", "sql_ascii")
          .contains(value.strip().toLowerCase(Locale.ROOT));
    }
    return fixed.equals("on") && Booleans.parse(value).orElse(false);
  }

  private static String whole(VariableDefinition variable, Whole bounds, String value) {
    int number;
    try {
      number = Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw wrongType(variable, "integer");
    }
    if (number < bounds.least() || number > bounds.most()) {
      throw invalid(variable, value)
          .withHint("It must be between " + bounds.least() + " and " + bounds.most() + ".");
    }
    return Integer.toString(number);
  }

  /** A span of time as {@code statement_timeout} writes it; empty where the text is none. */
  static Optional<Duration> duration(String value) {
    String text = value.strip();
    boolean bare = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return Durations.parse(bare ? text + "ms" : text)
        .filter(duration -> duration.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0);
  }

  private static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + " min";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }

  private static String timeZone(VariableDefinition variable, String value) {
    if (value.equalsIgnoreCase("local")) {
      return variable.defaultValue();
    }
    return SessionZone.find(value)
        .map(SessionZone::name)
        .orElseThrow(
            () ->
                invalid(variable, value)
                    .withHint("Give a name such as 'Europe/Berlin', or hours east of UTC."));
  }

  private static SqlException wrongType(VariableDefinition variable, String type) {
    return SqlErrors.invalid(
        "parameter "
            + SqlErrors.quoted(variable.name())
            + " requires a "
            + SqlErrors.quoted(type)
            + " value");
  }

  private static SqlException invalid(VariableDefinition variable, String value) {
    return new SqlException(
        SqlMessage.error(
            SqlErrors.INVALID_PARAMETER_VALUE,
            "invalid value for parameter "
                + SqlErrors.quoted(variable.name())
                + ": "
                + SqlErrors.quoted(value)));
  }
}

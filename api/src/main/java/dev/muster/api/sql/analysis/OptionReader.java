package dev.muster.api.sql.analysis;

import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.api.sql.tree.Option;
import dev.muster.api.sql.tree.OptionName;
import dev.muster.api.sql.tree.OptionValue;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Options by name, each at most once, read as the type that each shall have. */
final class OptionReader {
  private final Map<OptionName, Optional<OptionValue>> values = new EnumMap<>(OptionName.class);

  OptionReader(List<Option> options) {
    for (Option option : options) {
      if (values.put(option.name(), option.value()) != null) {
        throw SqlErrors.error(
            SqlErrors.SYNTAX_ERROR, option.name().sql() + " specified more than once");
      }
    }
  }

  boolean has(OptionName name) {
    return values.containsKey(name);
  }

  /** What was written, where anything was. */
  Optional<OptionValue> value(OptionName name) {
    return values.getOrDefault(name, Optional.empty());
  }

  Optional<String> text(OptionName name) {
    return has(name) ? Optional.of(textOf(name.sql(), value(name).orElse(null))) : Optional.empty();
  }

  /** Bare means true. */
  Optional<Boolean> flag(OptionName name) {
    if (!has(name)) {
      return Optional.empty();
    }
    return Optional.of(value(name).isEmpty() || flagOf(name.sql(), value(name).get()));
  }

  /** A whole number of at least zero. */
  Optional<Integer> count(OptionName name) {
    return has(name)
        ? Optional.of(countOf(name.sql(), value(name).orElse(null)))
        : Optional.empty();
  }

  /** A span of time; zero stands for none. */
  Optional<Optional<Duration>> interval(OptionName name) {
    return has(name)
        ? Optional.of(
            Optional.of(durationOf(name.sql(), value(name).orElse(null)))
                .filter(duration -> !duration.isZero()))
        : Optional.empty();
  }

  /** Texts in the order given, each once. */
  Optional<List<String>> texts(OptionName name) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (!(value(name).orElse(null) instanceof OptionValue.Items items)) {
      throw mustProvide(name.sql(), "an array");
    }
    Set<String> texts = new LinkedHashSet<>();
    items.items().forEach(item -> texts.add(textOf(name.sql(), item)));
    return Optional.of(List.copyOf(texts));
  }

  static SqlException mustProvide(String option, String type) {
    return SqlErrors.invalid("invalid " + option + ": must provide " + type + " value");
  }

  /** A text, or a name in its place. */
  static String textOf(String option, OptionValue value) {
    if (value instanceof OptionValue.Text text) {
      return text.text();
    }
    if (value instanceof OptionValue.Word word) {
      return word.word();
    }
    throw mustProvide(option, "a string");
  }

  private static boolean flagOf(String option, OptionValue value) {
    if (value instanceof OptionValue.Flag flag) {
      return flag.on();
    }
    if (value instanceof OptionValue.Text || value instanceof OptionValue.Word) {
      return Booleans.parse(textOf(option, value))
          .orElseThrow(() -> mustProvide(option, "a boolean"));
    }
    throw mustProvide(option, "a boolean");
  }

  private static int countOf(String option, OptionValue value) {
    if (!(value instanceof OptionValue.Number number)) {
      throw mustProvide(option, "an integer");
    }
    try {
      int count = Integer.parseInt(number.digits());
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Told below: a fraction, or more than an integer holds.
    }
    throw SqlErrors.invalid(
        "invalid " + option + ": must be an integer between 0 and " + Integer.MAX_VALUE);
  }

  static Duration durationOf(String option, OptionValue value) {
    String text = intervalText(option, value);
    return Durations.parse(text)
        .orElseThrow(
            () ->
                SqlErrors.error(
                    "22007",
                    "invalid " + option + ": invalid interval: " + SqlErrors.quoted(text)));
  }

  private static String intervalText(String option, OptionValue value) {
    if (value instanceof OptionValue.Text text) {
      return text.text();
    }
    if (value instanceof OptionValue.Interval interval) {
      return interval.text();
    }
    if (value instanceof OptionValue.Number number) {
      return number.digits();
    }
    throw mustProvide(option, "an interval");
  }
}

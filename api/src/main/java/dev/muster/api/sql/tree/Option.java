package dev.muster.api.sql.tree;

import java.util.Optional;

/** An option as it was given; one without a value stands bare, as in {@code MANAGED}. */
public record Option(OptionName name, Optional<OptionValue> value) {
  public static Option of(OptionName name, OptionValue value) {
    return new Option(name, Optional.of(value));
  }

  public static Option bare(OptionName name) {
    return new Option(name, Optional.empty());
  }
}

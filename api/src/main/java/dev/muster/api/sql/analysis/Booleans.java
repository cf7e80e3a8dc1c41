package dev.muster.api.sql.analysis;

import java.util.Locale;
import java.util.Optional;

/** PostgreSQL's words for true and false. */
public final class Booleans {
  private Booleans() {}

  public static Optional<Boolean> parse(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "on", "yes", "y", "1" -> Optional.of(true);
      case "false", "f", "off", "no", "n", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}

package dev.muster.api.command;

import java.math.BigDecimal;
import java.util.Optional;

/** The parameters of a whole environment that {@code ALTER SYSTEM} sets. */
public final class SystemParameter {
  /** Credits an hour; unlimited where it is not set. */
  public static final String MAX_CREDIT_CONSUMPTION_RATE = "max_credit_consumption_rate";

  /** What {@code SHOW} says of one that is not set. */
  public static final String UNLIMITED = "unlimited";

  private static final int DIGITS_AT_MOST = 18;
  private static final int DECIMALS_AT_MOST = 9;

  private SystemParameter() {}

  public static boolean isKnown(String name) {
    return name.equals(MAX_CREDIT_CONSUMPTION_RATE);
  }

  /** As it is journaled; empty where the text is no number of credits. */
  public static Optional<String> credits(String text) {
    try {
      BigDecimal credits = new BigDecimal(text.strip()).stripTrailingZeros();
      boolean fits =
          credits.signum() >= 0
              && credits.scale() <= DECIMALS_AT_MOST
              && credits.precision() - credits.scale() <= DIGITS_AT_MOST;
      return fits ? Optional.of(credits.toPlainString()) : Optional.empty();
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }
}

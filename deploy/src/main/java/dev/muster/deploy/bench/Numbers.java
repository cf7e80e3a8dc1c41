package dev.muster.deploy.bench;

import java.util.Locale;

/** Figures as they are printed. */
final class Numbers {
  private Numbers() {}

  /**
   * With as many decimals as the size of the figure deserves: three digits, more only before the
   * point.
   */
  static String brief(double value) {
    double magnitude = Math.abs(value);
    int decimals = magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  static String brief(Summary summary) {
    return brief(summary.median())
        + " ("
        + brief(summary.minimum())
        + " .. "
        + brief(summary.maximum())
        + ")";
  }
}

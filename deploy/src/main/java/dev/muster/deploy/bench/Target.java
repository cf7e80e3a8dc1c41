package dev.muster.deploy.bench;

/**
 * A promise about one figure.
 *
 * @param atLeast whether the bound is the least that is promised, or the most
 */
record Target(String figure, double bound, boolean atLeast, String unit) {
  static Target atLeast(String figure, double bound, String unit) {
    return new Target(figure, bound, true, unit);
  }

  static Target atMost(String figure, double bound, String unit) {
    return new Target(figure, bound, false, unit);
  }

  boolean isMetBy(double measured) {
    return atLeast ? measured >= bound : measured <= bound;
  }

  /** One line: the figure, the promise, and whether it is kept. */
  String verdict(double measured) {
    return "- %s: %s%s (target: at %s %s%s): %s"
        .formatted(
            figure,
            Numbers.brief(measured),
            unit,
            atLeast ? "least" : "most",
            Numbers.brief(bound),
            unit,
            isMetBy(measured) ? "met" : "MISSED");
  }
}

package dev.muster.deploy.bench;

import java.util.Arrays;

/** Sorted measurements, all of one unit. */
final class Distribution {
  private final long[] sorted;

  private Distribution(long[] sorted) {
    this.sorted = sorted;
  }

  static Distribution of(long... values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Distribution(sorted);
  }

  int count() {
    return sorted.length;
  }

  boolean isEmpty() {
    return sorted.length == 0;
  }

  /**
   * The smallest measurement that at least the given share of all does not exceed (nearest rank),
   * so always one that was really measured.
   *
   * @param share above 0, at most 1: 0.5 is the median
   */
  long quantile(double share) {
    if (share <= 0 || share > 1) {
      throw new IllegalArgumentException("a share is above 0 and at most 1: " + share);
    }
    requireSome();
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  long median() {
    return quantile(0.5);
  }

  long minimum() {
    requireSome();
    return sorted[0];
  }

  long maximum() {
    requireSome();
    return sorted[sorted.length - 1];
  }

  private void requireSome() {
    if (isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
  }
}

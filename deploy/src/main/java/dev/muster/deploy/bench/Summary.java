package dev.muster.deploy.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Few measurements, one a round.
 *
 * @param median the middle one, or the mean of the two in the middle
 */
record Summary(double minimum, double median, double maximum) {
  /**
   * @throws IllegalArgumentException if there are none
   */
  static Summary of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Summary(sorted.getFirst(), median, sorted.getLast());
  }

  static <T> Summary of(List<T> rounds, ToDoubleFunction<T> figure) {
    return of(rounds.stream().map(round -> figure.applyAsDouble(round)).toList());
  }
}

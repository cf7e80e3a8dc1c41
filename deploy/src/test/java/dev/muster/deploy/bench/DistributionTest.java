package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class DistributionTest {
  @Test
  void theMedianOfAnOddCountIsTheMiddleOne() {
    assertEquals(3, Distribution.of(5, 1, 3).median());
  }

  @Test
  void aQuantileIsAlwaysSomethingMeasured() {
    assertEquals(2, Distribution.of(4, 3, 2, 1).median());
    assertEquals(4, Distribution.of(4, 3, 2, 1).quantile(0.99));
    assertEquals(1, Distribution.of(4, 3, 2, 1).quantile(0.25));
  }

  @Test
  void extremesAreTheEnds() {
    Distribution distribution = Distribution.of(7, -2, 9);

    assertEquals(-2, distribution.minimum());
    assertEquals(9, distribution.maximum());
    assertEquals(9, distribution.quantile(1));
  }

  @Test
  void nothingMeasuredHasNoMedian() {
    assertTrue(Distribution.of().isEmpty());
    assertThrows(IllegalStateException.class, () -> Distribution.of().median());
  }

  @Test
  void sharesOutsideOfTheWholeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Distribution.of(1).quantile(0));
    assertThrows(IllegalArgumentException.class, () -> Distribution.of(1).quantile(1.1));
  }

  @Property
  void atLeastHalfIsNotAboveTheMedianAndAtLeastHalfIsNotBelow(
      @ForAll @Size(min = 1, max = 50) long[] values) {
    long median = Distribution.of(values).median();

    assertTrue(2 * Arrays.stream(values).filter(value -> value <= median).count() >= values.length);
    assertTrue(2 * Arrays.stream(values).filter(value -> value >= median).count() >= values.length);
  }
}

package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SummaryTest {
  @Test
  void theMedianOfAnEvenCountIsBetweenTheTwoInTheMiddle() {
    assertEquals(new Summary(1, 2.5, 9), Summary.of(List.of(9.0, 2.0, 1.0, 3.0)));
  }

  @Test
  void oneRoundIsItsOwnSummary() {
    assertEquals(new Summary(4, 4, 4), Summary.of(List.of("four"), String::length));
  }

  @Test
  void noRoundsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Summary.of(List.of()));
  }
}

package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class NumbersTest {
  @Test
  void threeDigitsAreEnoughAndNoneIsLostBeforeThePoint() {
    assertEquals("0.123", Numbers.brief(0.12345));
    assertEquals("1.23", Numbers.brief(1.2345));
    assertEquals("12.3", Numbers.brief(12.345));
    assertEquals("12345", Numbers.brief(12345.4));
    assertEquals("-12.3", Numbers.brief(-12.345));
  }
}

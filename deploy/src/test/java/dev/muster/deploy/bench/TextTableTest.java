package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class TextTableTest {
  @Test
  void theFirstColumnStandsLeftAndFiguresStandRight() {
    assertEquals(
        """
        | round  |   tps |
        |--------|------:|
        | 1      |   950 |
        | median | 12345 |
        """,
        new TextTable("round", "tps").row(1, 950).row("median", "12345").toString());
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TextTable("a", "b").row("only one"));
  }
}

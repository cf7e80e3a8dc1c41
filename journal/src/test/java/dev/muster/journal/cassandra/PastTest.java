package dev.muster.journal.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What recovery makes of the rows that one question brought. */
final class PastTest {
  private static Past past(long from, boolean isAll, long... numbers) {
    List<Past.Stored> rows =
        LongStream.of(numbers)
            .mapToObj(number -> new Past.Stored(number, "w", "", 1, "", new byte[0]))
            .toList();
    return new Past(from, rows, isAll);
  }

  @Test
  void whereNothingFollowsTheNumberAskedBehindIsTheLast() {
    Past past = past(7, true);

    assertEquals(Optional.of(7L), past.highest());
    assertFalse(past.isWhole());
  }

  @Test
  void eventsInARowAreAllThereIsAndTheLastOfThemIsTheLast() {
    Past past = past(7, true, 8, 9, 10);

    assertEquals(Optional.of(10L), past.highest());
    assertTrue(past.isWhole());
  }

  @Test
  void whatTwoWritersHaveWrittenUnderOneNumberIsNoHole() {
    assertTrue(past(0, true, 1, 2, 2, 3).isWhole());
  }

  @Test
  void aHoleIsLeftToThePluginAndTheLastNumberIsKnownAllTheSame() {
    Past past = past(0, true, 1, 2, 4);

    assertEquals(Optional.of(4L), past.highest());
    assertFalse(past.isWhole());
  }

  @Test
  void eventsThatBeginLaterAreAHoleToo() {
    assertFalse(past(0, true, 2, 3).isWhole());
    assertFalse(past(3, true, 3, 4).isWhole());
  }

  @Test
  void whatAnAnswerDoesNotHoldIsAskedForOtherwise() {
    Past past = past(0, false, 1, 2, 3);

    assertEquals(Optional.empty(), past.highest());
    assertFalse(past.isWhole());
  }
}

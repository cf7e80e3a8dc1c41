package dev.muster.actors.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofSeconds(60));

  @Test
  void theDelayDoublesWithEachFailureUpToTheBound() {
    assertEquals(Duration.ofMillis(250), BACKOFF.delay(2, 0));
    assertEquals(Duration.ofMillis(500), BACKOFF.delay(3, 0));
    assertEquals(Duration.ofMillis(1_000), BACKOFF.delay(4, 0));
    assertEquals(Duration.ofSeconds(30), BACKOFF.delay(9, 0));
    assertEquals(Duration.ofSeconds(30), BACKOFF.delay(1_000_000, 0));
  }

  @Test
  void theFirstFailureIsFollowedByAStartHardlyLater() {
    assertEquals(Duration.ZERO, BACKOFF.delay(1, 0));
    assertEquals(Duration.ofMillis(45), BACKOFF.delay(1, 0.9));
  }

  @Test
  void whoHasCrashedMoreOftenProvesItselfForLongerUpToWhatStartsTheCountAnew() {
    assertEquals(Duration.ofSeconds(4), BACKOFF.proving(5));
    assertEquals(Duration.ofSeconds(8), BACKOFF.proving(6));
    assertEquals(Duration.ofSeconds(60), BACKOFF.proving(100));
    Backoff forgiving =
        new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofSeconds(5));
    assertEquals(Duration.ofSeconds(5), forgiving.proving(100));
  }

  @Test
  void halfOfTheDelayIsRandom() {
    assertEquals(Duration.ofMillis(375), BACKOFF.delay(2, 0.5));
    assertEquals(Duration.ofSeconds(45), BACKOFF.delay(100, 0.5));
  }

  @Property
  void fromTheSecondFailureOnTheDelayIsBetweenHalfTheMinimumAndTheMaximum(
      @ForAll @IntRange(min = 2) int failures,
      @ForAll @DoubleRange(max = 1, maxIncluded = false) double random) {
    Duration delay = BACKOFF.delay(failures, random);
    assertTrue(delay.compareTo(Duration.ofMillis(250)) >= 0);
    assertTrue(delay.compareTo(Duration.ofSeconds(60)) <= 0);
  }

  @Property
  void moreFailuresNeverWaitLessWithTheSameLuck(
      @ForAll @IntRange(min = 1, max = 1_000) int failures,
      @ForAll @DoubleRange(max = 1, maxIncluded = false) double random) {
    assertTrue(BACKOFF.delay(failures + 1, random).compareTo(BACKOFF.delay(failures, random)) >= 0);
  }

  @Test
  void servingLongEnoughStartsTheCountAnew() {
    assertEquals(6, BACKOFF.count(5, Duration.ofSeconds(59)));
    assertEquals(1, BACKOFF.count(5, Duration.ofSeconds(60)));
    assertEquals(1, BACKOFF.count(0, Duration.ZERO));
  }

  @Test
  void aBackoffWithoutAMinimumIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Backoff(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO));
  }
}

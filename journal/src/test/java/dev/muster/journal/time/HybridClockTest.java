package dev.muster.journal.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.journal.event.HybridTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HybridClockTest {
  private static final long NOW = 1_790_000_000_000L;

  /** A wall clock that says what it is told to, and may well run backwards. */
  private final AtomicLong wallMillis = new AtomicLong(NOW);

  private final InstantSource wall = () -> Instant.ofEpochMilli(wallMillis.get());

  @Property
  void timestampsAscendHoweverTheWallClockJumps(
      @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 4_000_000_000_000L) Long> readings,
      @ForAll @IntRange(max = 255) int node) {
    HybridClock clock = new HybridClock(wall, node);
    HybridTime last = HybridTime.ZERO;
    for (long reading : readings) {
      wallMillis.set(reading);
      HybridTime next = clock.next();
      assertTrue(next.compareTo(last) > 0);
      assertTrue(next.epochMillis() >= reading);
      assertEquals(node, next.value() & 0xff);
      last = next;
    }
  }

  @Property
  void whatWasObservedIsInThePast(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long seen,
      @ForAll @IntRange(max = 255) int node) {
    HybridClock clock = new HybridClock(wall, node);
    clock.observe(new HybridTime(seen));
    assertTrue(clock.next().value() > seen);
    HybridTime later = clock.next();
    clock.observe(HybridTime.ZERO);
    assertTrue(clock.next().compareTo(later) > 0);
  }

  @Test
  void withinAMillisecondItCountsAndThenBorrowsFromTheNext() {
    HybridClock clock = new HybridClock(wall, 3);
    for (int count = 0; count < 4096; count++) {
      assertEquals(NOW, clock.next().epochMillis());
    }
    assertEquals(HybridTime.ofEpochMilli(NOW + 1, 3), clock.next());
    assertEquals(Instant.ofEpochMilli(NOW + 1), clock.next().instant());
  }

  @Test
  void manyThreadsOnSeveralNodesNeverShareATimestamp() throws Exception {
    List<HybridClock> clocks =
        IntStream.range(0, 4).mapToObj(node -> new HybridClock(wall, node)).toList();
    List<Callable<List<HybridTime>>> tasks =
        Stream.concat(clocks.stream(), clocks.stream())
            .<Callable<List<HybridTime>>>map(clock -> () -> ascending(clock, clocks))
            .toList();
    Set<HybridTime> all = new HashSet<>();
    try (var threads = Executors.newFixedThreadPool(tasks.size())) {
      for (var result : threads.invokeAll(tasks)) {
        all.addAll(result.get());
      }
    }
    assertEquals(tasks.size() * 5_000, all.size());
  }

  /** Gives timestamps, and shows each tenth to all the others as a message would. */
  private static List<HybridTime> ascending(HybridClock clock, List<HybridClock> others) {
    List<HybridTime> given = new ArrayList<>();
    HybridTime last = HybridTime.ZERO;
    for (int count = 0; count < 5_000; count++) {
      HybridTime next = clock.next();
      assertTrue(next.compareTo(last) > 0);
      given.add(next);
      last = next;
      if (count % 10 == 0) {
        others.forEach(other -> other.observe(next));
      }
    }
    return given;
  }

  @Test
  void timestampsInARowAreNobodyElsesAndEndWithTheOneThatIsGiven() {
    HybridClock clock = new HybridClock(wall, 3);
    HybridTime before = clock.next();
    HybridTime last = clock.next(3);
    assertEquals(before.next(3), last.earlier(2));
    assertEquals(before.next(3).next(3), last.earlier(1));
    assertEquals(last.next(3), clock.next());
    wallMillis.set(NOW + 1);
    assertEquals(HybridTime.ofEpochMilli(NOW + 1, 3), clock.next(4096).earlier(4095));
    assertEquals(HybridTime.ofEpochMilli(NOW + 2, 3), clock.next());
    assertThrows(IllegalArgumentException.class, () -> clock.next(0));
  }

  @Test
  void nodesAreNumberedFrom0To255() {
    assertThrows(IllegalArgumentException.class, () -> new HybridClock(wall, -1));
    assertThrows(IllegalArgumentException.class, () -> new HybridClock(wall, 256));
    assertThrows(IllegalArgumentException.class, () -> new HybridTime(-1));
  }

  @Test
  void howFarItIsAheadOfAWallClockThatWasSetBackIsTold() {
    HybridClock clock = new HybridClock(wall, 0);
    clock.next();
    assertEquals(Duration.ZERO, clock.aheadOfWall());
    wallMillis.set(NOW - 3_600_000);
    assertEquals(Duration.ofHours(1), clock.aheadOfWall());
    wallMillis.set(NOW + 1);
    clock.next();
    assertEquals(Duration.ZERO, clock.aheadOfWall());
  }
}

package dev.muster.actors.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.watch.WatchLog.Read;
import dev.muster.api.watch.Change;
import dev.muster.api.watch.WatchPosition;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class WatchLogTest {
  private static final ClusterId U1 = ClusterId.user(1);
  private static final ClusterId U2 = ClusterId.user(2);

  private final WatchLog all = new WatchLog(Optional.empty(), WatchPosition.BEGINNING);

  private static Recorded<?> recorded(Object event) {
    return new Recorded<>(HybridTime.ZERO, Origin.SYSTEM, event);
  }

  private static List<Read> resized(long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(i -> new Read(i, recorded(new ClusterEvent.ReplicationFactorChanged(1, (int) i))))
        .toList();
  }

  private static List<Read> one(long number, Object event) {
    return List.of(new Read(number, recorded(event)));
  }

  private static List<Long> numbers(List<Change> changes) {
    return changes.stream().map(Change::sequenceNumber).toList();
  }

  @Test
  void whatIsAnnouncedIsReadFromWhereTheHistoryWasToldTo() {
    all.announced("u1", 2);
    assertEquals(List.of("u1"), all.missing());
    assertEquals(1, all.next("u1"));

    assertTrue(all.arrived("u1", 1, resized(1, 2)));

    assertEquals(List.of(1L, 2L), numbers(all.take()));
    assertEquals(List.of(), all.missing());
    assertFalse(all.hasReady());
  }

  @Test
  void whatWasToldIsNotToldAgain() {
    all.announced("u1", 2);
    all.arrived("u1", 1, resized(1, 2));
    all.announced("u1", 2);
    all.announced("u1", 1);
    assertEquals(List.of(), all.missing());

    assertFalse(all.arrived("u1", 1, resized(1, 2)));
    assertEquals(List.of(1L, 2L), numbers(all.take()));
  }

  @Test
  void nothingIsLeftOut() {
    all.announced("u1", 5);
    all.arrived("u1", 1, resized(1, 2));
    assertFalse(all.arrived("u1", 3, resized(4, 5)));

    assertEquals(List.of("u1"), all.missing());
    assertEquals(3, all.next("u1"));
  }

  @Test
  void theWatchOfOneClusterHearsOfNoOtherAndOfWhatTheEnvironmentDoesWithIt() {
    WatchLog one = new WatchLog(Optional.of(U1), WatchPosition.BEGINNING);
    one.announced("u2", 7);
    one.announced("", 2);
    assertEquals(List.of(""), one.missing());

    one.arrived("", 1, one(1, new EnvironmentEvent.ClusterOwnerChanged(U2, "a", "b")));
    one.arrived("", 2, one(2, new EnvironmentEvent.ClusterOwnerChanged(U1, "a", "b")));

    assertEquals(List.of(2L), numbers(one.take()));
  }

  /** Its entity is gone, and nobody announces what it journaled last. */
  @Test
  void aDroppedClusterIsReadToItsEnd() {
    WatchLog one = new WatchLog(Optional.of(U1), WatchPosition.BEGINNING);
    one.announced("", 1);
    one.arrived("", 1, one(1, new EnvironmentEvent.ClusterDropFinished(U1)));
    assertFalse(one.isOver());
    assertEquals(List.of("u1"), one.missing());

    one.arrived("u1", 1, resized(1, 3));
    one.arrived("u1", 4, one(4, new ClusterEvent.ClusterDropped()));
    one.arrived("u1", 5, List.of());

    assertEquals(5, one.take().size());
    assertTrue(one.isOver());
  }

  @Test
  void aClusterWhoseEndWasToldIsNotReadAgain() {
    all.announced("u1", 1);
    all.arrived("u1", 1, one(1, new ClusterEvent.ClusterDropped()));
    all.announced("", 1);
    all.arrived("", 1, one(1, new EnvironmentEvent.ClusterDropFinished(U1)));

    assertEquals(List.of(), all.missing());
    assertFalse(all.isOver());
  }

  @Test
  void nothingIsReadAheadOfASlowSubscriber() {
    all.announced("u1", 2000);
    all.arrived("u1", 1, resized(1, 1000));
    assertEquals(List.of(), all.missing());

    all.take();
    assertEquals(List.of("u1"), all.missing());
  }

  /** Whatever is said twice, late or in part, by whomever. */
  @Property
  void everyChangeComesOnceAndInOrder(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int length) {
    Random random = new Random(seed);
    WatchLog log = new WatchLog(Optional.empty(), WatchPosition.BEGINNING);
    List<Change> told = new ArrayList<>();
    List<long[]> answers = new ArrayList<>();
    log.announced("u1", length);
    while (!log.missing().isEmpty()) {
      long from = log.next("u1");
      answers.add(new long[] {from, Math.min(length, from + random.nextInt(5))});
      answers.add(new long[] {1 + random.nextInt(length), length});
      Collections.shuffle(answers, random);
      long[] answer = answers.get(random.nextInt(answers.size()));
      log.arrived("u1", answer[0], resized(answer[0], answer[1]));
      log.announced("u1", 1 + random.nextInt(length));
      if (random.nextBoolean()) {
        told.addAll(log.take());
      }
    }
    told.addAll(log.take());
    assertEquals(LongStream.rangeClosed(1, length).boxed().toList(), numbers(told));
  }
}

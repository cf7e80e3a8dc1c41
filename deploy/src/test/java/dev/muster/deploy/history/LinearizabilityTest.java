package dev.muster.deploy.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.deploy.history.Linearizability.Verdict;
import dev.muster.deploy.history.RegisterModel.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The judge is to be trusted only as far as it can say no. */
class LinearizabilityTest {
  private static final RegisterModel FROM_ZERO = new RegisterModel(0L);

  @Test
  void whatWasAskedOneAfterTheOtherIsExplainedByThatOrder() {
    assertExplained(List.of(write(1, 0, 1), read(1, 2, 3), write(2, 4, 5), read(2, 6, 7)));
  }

  @Test
  void aReadAfterAnAcknowledgedWriteMayNotMissIt() {
    assertViolated(List.of(write(1, 0, 1), read(0, 2, 3)));
  }

  @Test
  void aReadBesideAWriteMaySeeEither() {
    assertExplained(List.of(write(1, 0, 10), read(0, 2, 3)));
    assertExplained(List.of(write(1, 0, 10), read(1, 2, 3)));
  }

  @Test
  void whatOneReaderHasSeenALaterOneMustSee() {
    assertViolated(List.of(write(1, 0, 10), read(1, 2, 3), read(0, 4, 5)));
  }

  @Test
  void twoReadersMayNotSeeTwoWritesInDifferentOrder() {
    List<Call<Access>> writes = List.of(write(1, 0, 20), write(2, 0, 20));
    assertExplained(and(writes, read(1, 1, 2), read(2, 3, 4)));
    assertViolated(and(writes, read(1, 1, 2), read(2, 3, 4), read(1, 5, 6)));
  }

  @Test
  void aValueThatNobodyWroteIsFound() {
    assertViolated(List.of(write(1, 0, 1), read(7, 2, 3)));
  }

  @Test
  void aWriteThatNobodyHeardOfMayTakeEffectLateOrNever() {
    Call<Access> unheard = Call.unheard(new Access.Write(1), 0);
    assertExplained(List.of(unheard, read(0, 10, 11)));
    assertExplained(List.of(unheard, read(0, 10, 11), read(1, 20, 21), read(1, 30, 31)));
  }

  @Test
  void aWriteThatNobodyHeardOfTakesEffectOnceAtMostAndNotBeforeItWasAsked() {
    Call<Access> unheard = Call.unheard(new Access.Write(1), 10);
    assertViolated(List.of(read(1, 0, 5), unheard));
    assertViolated(List.of(unheard, read(1, 20, 21), write(2, 30, 31), read(1, 40, 41)));
  }

  @Test
  void anAcknowledgedWriteThatIsLostIsFoundAmongManyThatNobodyHeardOf() {
    List<Call<Access>> history = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      history.add(Call.unheard(new Access.Write(100 + i), i));
    }
    history.add(write(1, 50, 60));
    history.add(write(2, 70, 80));
    history.add(read(139, 85, 86));
    assertExplained(history);
    history.add(read(139, 90, 95));
    assertExplained(history);
    history.add(read(2, 100, 101));
    assertViolated(history);
  }

  /**
   * A long history of many clients, as a real register would give it, and with one answer changed.
   */
  @Property(tries = 20)
  void aRealRegistersHistoryIsExplainedAndAStaleReadInItIsNot(@ForAll long seed) {
    Random random = new Random(seed);
    List<Call<Access>> history = new ArrayList<>();
    long value = 0;
    for (int i = 1; i <= 1_000; i++) {
      // It takes effect at 10 i; the intervals of six neighbours overlap.
      long from = 10L * i - random.nextInt(30);
      long until = 10L * i + random.nextInt(30);
      if (random.nextInt(3) == 0) {
        value = i;
        history.add(
            random.nextInt(50) == 0
                ? Call.unheard(new Access.Write(value), from)
                : write(value, from, until));
      } else {
        history.add(read(value, from, until));
      }
    }
    assertExplained(history);
    assertViolated(and(history, write(-1, 20_000, 20_001), read(0, 20_002, 20_003)));
  }

  @Property(tries = 3_000)
  void itAgreesWithTryingEveryOrder(@ForAll long seed) {
    Random random = new Random(seed);
    List<Call<Access>> history = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(5); i++) {
      long from = random.nextInt(12);
      Access access =
          random.nextBoolean()
              ? new Access.Write(random.nextInt(3))
              : new Access.Read(random.nextInt(3));
      history.add(
          access instanceof Access.Write && random.nextInt(4) == 0
              ? Call.unheard(access, from)
              : new Call<>(access, from, from + random.nextInt(6)));
    }
    assertEquals(
        new EveryOrder<>(FROM_ZERO, history).isExplained(),
        Linearizability.judge(FROM_ZERO, history) instanceof Verdict.Explained,
        history::toString);
  }

  private static void assertExplained(List<Call<Access>> history) {
    assertInstanceOf(Verdict.Explained.class, Linearizability.judge(FROM_ZERO, history));
  }

  private static void assertViolated(List<Call<Access>> history) {
    assertInstanceOf(Verdict.Violated.class, Linearizability.judge(FROM_ZERO, history));
  }

  @SafeVarargs
  private static List<Call<Access>> and(List<Call<Access>> history, Call<Access>... more) {
    List<Call<Access>> all = new ArrayList<>(history);
    for (Call<Access> call : more) {
      all.add(call);
    }
    return all;
  }

  private static Call<Access> write(long value, long askedNanos, long answeredNanos) {
    return new Call<>(new Access.Write(value), askedNanos, answeredNanos);
  }

  private static Call<Access> read(long value, long askedNanos, long answeredNanos) {
    return new Call<>(new Access.Read(value), askedNanos, answeredNanos);
  }
}

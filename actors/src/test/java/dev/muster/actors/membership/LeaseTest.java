package dev.muster.actors.membership;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Duration MARGIN = Duration.ofSeconds(3);
  private static final Set<String> TWO_OTHERS = Set.of("b", "c");

  private final AtomicLong nanos = new AtomicLong(-5);
  private final Lease lease = new Lease(nanos::get, MARGIN);

  @Test
  void nothingIsSureBeforeAnybodyAnswered() {
    assertFalse(lease.holds());
    assertFalse(lease.mayDecide());
  }

  @Test
  void aMajorityWithOneselfIsEnough() {
    bothHaveAnswered();
    pass(Duration.ofSeconds(10));

    long question = lease.ask();
    assertFalse(lease.holds());
    lease.answered("b", question, TWO_OTHERS);

    assertTrue(lease.mayDecide());
    assertTrue(lease.holds());
  }

  @Test
  void aMinorityIsNot() {
    Set<String> fourOthers = Set.of("b", "c", "d", "e");
    long first = lease.ask();
    fourOthers.forEach(member -> lease.answered(member, first, fourOthers));
    pass(Duration.ofSeconds(10));

    lease.answered("b", lease.ask(), fourOthers);

    assertFalse(lease.holds());
  }

  @Test
  void halfOfAnEvenNumberIsNot() {
    lease.answered("b", lease.ask(), Set.of("b"));
    pass(Duration.ofSeconds(10));

    lease.judge(lease.ask(), Set.of("b"));

    assertFalse(lease.holds());
  }

  @Test
  void itCountsFromTheQuestionNotFromTheAnswer() {
    bothHaveAnswered();
    pass(Duration.ofSeconds(10));
    long question = lease.ask();
    pass(MARGIN);

    lease.answered("b", question, TWO_OTHERS);

    assertFalse(lease.holds());
  }

  @Test
  void whatIsDecidedHasTimeToBeWrittenBeforeItEnds() {
    bothHaveAnswered();

    pass(Duration.ofSeconds(2));
    assertFalse(lease.mayDecide());
    assertTrue(lease.holds());

    pass(Duration.ofSeconds(1));
    assertFalse(lease.holds());
  }

  @Test
  void oneOfAnEarlierVersionThatNeverAnswersCountsAsAnswering() {
    lease.answered("b", lease.ask(), TWO_OTHERS);
    pass(Duration.ofSeconds(10));

    lease.judge(lease.ask(), TWO_OTHERS);

    assertTrue(lease.holds());
  }

  @Test
  void oneThatIsAloneNeedsNobody() {
    lease.judge(lease.ask(), Set.of());

    assertTrue(lease.mayDecide());
  }

  @Test
  void anAnswerToAQuestionOfLongAgoIsOfNoAccount() {
    bothHaveAnswered();
    long old = lease.ask();
    for (int i = 0; i < 100; i++) {
      lease.ask();
    }
    pass(Duration.ofSeconds(10));

    lease.answered("b", old, TWO_OTHERS);

    assertFalse(lease.holds());
  }

  private void bothHaveAnswered() {
    long question = lease.ask();
    TWO_OTHERS.forEach(member -> lease.answered(member, question, TWO_OTHERS));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}

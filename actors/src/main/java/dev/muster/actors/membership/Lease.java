package dev.muster.actors.membership;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The arithmetic of a {@link Standing}: questions, answers, and until when they are good for. One
 * thread writes, many read.
 *
 * <p>Why it is safe. Whoever answers a question asked at t knows nothing, after t, of the asker's
 * removal. A removal needs every member of the surviving side to know of it, that side is a
 * majority, so it has one in common with those who answered: the removal comes after t. And after
 * it the others wait for the margin before they start anything elsewhere. So until t + margin
 * nobody has.
 */
final class Lease implements Standing {
  /** As a part of the whole: what is left is for the write to arrive. */
  private static final double TO_DECIDE = 0.6;

  private static final int QUESTIONS_KEPT = 16;

  private final LongSupplier nanos;
  private final long marginNanos;
  private final Map<Long, Long> askedNanos = new TreeMap<>();
  private final Map<Long, Set<String>> answered = new TreeMap<>();
  private final Set<String> haveAnswered = new HashSet<>();
  private long number;
  private volatile long goodFromNanos;
  private volatile boolean given;

  /**
   * @param margin how long after a node's removal the others start nothing of what it had
   */
  Lease(LongSupplier nanos, Duration margin) {
    this.nanos = nanos;
    this.marginNanos = margin.toNanos();
  }

  @Override
  public boolean mayDecide() {
    return isWithin((long) (marginNanos * TO_DECIDE));
  }

  @Override
  public boolean holds() {
    return isWithin(marginNanos);
  }

  private boolean isWithin(long boundNanos) {
    return given && nanos.getAsLong() - goodFromNanos < boundNanos;
  }

  /** A new question to all others; its number. */
  long ask() {
    number++;
    askedNanos.put(number, nanos.getAsLong());
    answered.put(number, new HashSet<>());
    askedNanos.remove(number - QUESTIONS_KEPT);
    answered.remove(number - QUESTIONS_KEPT);
    return number;
  }

  /**
   * An answer has come.
   *
   * @param others all members but this node, now
   */
  void answered(String member, long question, Set<String> others) {
    haveAnswered.add(member);
    if (answered.containsKey(question)) {
      answered.get(question).add(member);
      judge(question, others);
    }
  }

  /**
   * Whether a majority of all has answered. One that never answers at all is of a version that
   * cannot, and is taken for one that does.
   */
  void judge(long question, Set<String> others) {
    haveAnswered.retainAll(others);
    Set<String> agree = answered.get(question);
    long votes =
        1 + others.stream().filter(o -> agree.contains(o) || !haveAnswered.contains(o)).count();
    if (2 * votes > others.size() + 1) {
      long asked = askedNanos.get(question);
      goodFromNanos = given ? Math.max(goodFromNanos, asked) : asked;
      given = true;
    }
  }
}

package dev.muster.deploy.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Searches for an order that explains a history.
 *
 * <p>A position of the search is the set of calls that come first, and the state that they lead to.
 * From it, the next call is one that was asked before any call that is still to come was answered.
 * Two things keep the search small: a position that was seen leads nowhere new, and a call that
 * fits and never changes anything comes at once, since nothing can depend on its coming later.
 * Calls whose outcome nobody heard come last, and only where what follows them would not have come
 * to the same without them: most of them explain nothing.
 */
public final class Linearizability<S, O> {
  /** Beyond any history that a test makes; a search that runs for ever tells nobody anything. */
  private static final int POSITIONS_AT_MOST = 500_000;

  private static final int TOLD_AT_MOST = 12;

  private final Model<S, O> model;
  private final List<Call<O>> heard;
  private final List<Call<O>> unheard;
  private final Set<Position<S>> seen = new HashSet<>();
  private Position<S> furthest;

  /**
   * A position of the search.
   *
   * @param before the state before a call that nobody heard of, as long as it has explained nothing
   */
  private record Position<S>(BitSet heard, BitSet unheard, S state, Optional<S> before) {}

  /** What a history comes to. */
  public sealed interface Verdict {
    /** An order explains it. */
    record Explained() implements Verdict {}

    /**
     * No order does.
     *
     * @param stuck what the longest explanation could not go on with
     */
    record Violated(String stuck) implements Verdict {}
  }

  private Linearizability(Model<S, O> model, List<Call<O>> history) {
    Comparator<Call<O>> byTime = Comparator.comparingLong(Call::askedNanos);
    this.model = model;
    this.heard = history.stream().filter(Call::isHeard).sorted(byTime).toList();
    this.unheard = history.stream().filter(call -> !call.isHeard()).sorted(byTime).toList();
  }

  /**
   * Whether the model can have given these answers.
   *
   * @throws IllegalStateException for a history that is too large to be judged
   */
  public static <S, O> Verdict judge(Model<S, O> model, List<Call<O>> history) {
    return new Linearizability<>(model, history).search();
  }

  private Verdict search() {
    Deque<Position<S>> open = new ArrayDeque<>();
    open.push(new Position<>(new BitSet(), new BitSet(), model.initial(), Optional.empty()));
    while (!open.isEmpty()) {
      Position<S> position = withLooks(open.pop());
      if (furthest == null || position.heard().cardinality() > furthest.heard().cardinality()) {
        furthest = position;
      }
      if (position.heard().cardinality() == heard.size()) {
        return new Verdict.Explained();
      }
      if (seen.add(position)) {
        successors(position).reversed().forEach(open::push);
      }
      if (seen.size() > POSITIONS_AT_MOST) {
        throw new IllegalStateException("too large to be judged; as far as " + describe(furthest));
      }
    }
    return new Verdict.Violated(describe(furthest));
  }

  private Position<S> withLooks(Position<S> position) {
    BitSet first = (BitSet) position.heard().clone();
    S state = position.state();
    Optional<S> before = position.before();
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int next : candidates(first)) {
        O operation = heard.get(next).operation();
        if (model.isLook(operation) && model.after(state, operation).isPresent()) {
          first.set(next);
          moved = true;
          before = before.filter(s -> model.after(s, operation).isPresent());
        }
      }
    }
    return new Position<>(first, position.unheard(), state, before);
  }

  /** The likeliest first. */
  private List<Position<S>> successors(Position<S> position) {
    List<Position<S>> found = new ArrayList<>();
    for (int next : candidates(position.heard())) {
      after(position, heard.get(next).operation())
          .map(
              state ->
                  new Position<>(
                      with(position.heard(), next), position.unheard(), state, Optional.empty()))
          .ifPresent(found::add);
    }
    long untilNanos = firstAnswerNanos(position.heard());
    Set<O> tried = new HashSet<>();
    for (int next = position.unheard().nextClearBit(0);
        next < unheard.size() && unheard.get(next).askedNanos() <= untilNanos;
        next = position.unheard().nextClearBit(next + 1)) {
      BitSet more = with(position.unheard(), next);
      O operation = unheard.get(next).operation();
      // Of several alike the one that was asked first stands for all.
      if (tried.add(operation)) {
        after(position, operation)
            .filter(state -> !state.equals(position.state()))
            .map(
                state ->
                    new Position<>(position.heard(), more, state, Optional.of(position.state())))
            .ifPresent(found::add);
      }
    }
    return found;
  }

  /** Empty also where the call that nobody heard of, the last one, would have been for nothing. */
  private Optional<S> after(Position<S> position, O operation) {
    Optional<S> without = position.before().flatMap(before -> model.after(before, operation));
    return model.after(position.state(), operation).filter(s -> !Optional.of(s).equals(without));
  }

  /** Those that may come next: asked before any that is still to come was answered. */
  private List<Integer> candidates(BitSet first) {
    long untilNanos = firstAnswerNanos(first);
    List<Integer> found = new ArrayList<>();
    for (int next = first.nextClearBit(0);
        next < heard.size() && heard.get(next).askedNanos() <= untilNanos;
        next = first.nextClearBit(next + 1)) {
      found.add(next);
    }
    return found;
  }

  private long firstAnswerNanos(BitSet first) {
    long nanos = Call.NEVER;
    for (int next = first.nextClearBit(0);
        next < heard.size() && heard.get(next).askedNanos() <= nanos;
        next = first.nextClearBit(next + 1)) {
      nanos = Math.min(nanos, heard.get(next).answeredNanos());
    }
    return nanos;
  }

  private static BitSet with(BitSet set, int one) {
    BitSet more = (BitSet) set.clone();
    more.set(one);
    return more;
  }

  private String describe(Position<S> position) {
    StringBuilder text =
        new StringBuilder(
            "%d of %d calls are explained, up to the state %s. Then one of these:"
                .formatted(position.heard().cardinality(), heard.size(), position.state()));
    for (int next : candidates(position.heard())) {
      text.append("\n  ").append(heard.get(next));
    }
    text.append("\nor of these, which nobody heard of:");
    for (int next = position.unheard().nextClearBit(0);
        next < unheard.size();
        next = position.unheard().nextClearBit(next + 1)) {
      text.append("\n  ").append(unheard.get(next));
    }
    text.append("\nBefore that were explained, by the time of their question:");
    BitSet explained = position.heard();
    for (int last = explained.length() - 1, told = 0;
        last >= 0 && told < TOLD_AT_MOST;
        last = explained.previousSetBit(last - 1), told++) {
      text.append("\n  ").append(heard.get(last));
    }
    return text.toString();
  }
}

package dev.muster.deploy.history;

import java.util.ArrayList;
import java.util.List;

/** Tries every order of every choice of calls: slow, and too simple to be wrong. */
final class EveryOrder<S, O> {
  private final Model<S, O> model;
  private final List<Call<O>> history;

  EveryOrder(Model<S, O> model, List<Call<O>> history) {
    this.model = model;
    this.history = history;
  }

  boolean isExplained() {
    return isExplained(model.initial(), history);
  }

  private boolean isExplained(S state, List<Call<O>> left) {
    if (left.stream().noneMatch(Call::isHeard)) {
      return true;
    }
    for (Call<O> next : left) {
      List<Call<O>> rest = new ArrayList<>(left);
      rest.remove(next);
      boolean mayBeNext =
          rest.stream().noneMatch(other -> other.answeredNanos() < next.askedNanos());
      if (mayBeNext
          && model
              .after(state, next.operation())
              .filter(after -> isExplained(after, rest))
              .isPresent()) {
        return true;
      }
    }
    return false;
  }
}

package dev.muster.deploy.system;

import dev.muster.deploy.history.Call;
import dev.muster.deploy.history.Linearizability;
import dev.muster.deploy.history.Linearizability.Verdict;
import dev.muster.deploy.history.NameModel;
import dev.muster.deploy.history.NameModel.Action;
import dev.muster.deploy.history.NameModel.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What several connections asked of a few names at once, and what they were told. */
final class NameHistory {
  private final List<Call<NameModel.Operation>> calls;

  record Operation(Action action, Answer answer, long askedNanos, long answeredNanos) {
    private Call<NameModel.Operation> call() {
      return new Call<>(new NameModel.Operation(action, answer), askedNanos, answeredNanos);
    }
  }

  /**
   * @param end which cluster had which name when all was over
   */
  NameHistory(List<Operation> operations, Map<String, Integer> end) {
    long over = operations.stream().mapToLong(Operation::answeredNanos).max().orElse(0) + 1;
    Operation look = new Operation(new Action.Look(end), Answer.DONE, over, over);
    this.calls = Stream.concat(operations.stream(), Stream.of(look)).map(Operation::call).toList();
  }

  /** Whether some order of the statements explains every answer, and the end. */
  boolean isExplained() {
    return Linearizability.judge(new NameModel(), calls) instanceof Verdict.Explained;
  }
}

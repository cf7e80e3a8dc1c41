package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.deploy.history.NameModel.Action;
import dev.muster.deploy.history.NameModel.Answer;
import dev.muster.deploy.system.NameHistory.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge of the concurrency test is itself to be trusted only as far as it can say no. */
class NameHistoryTest {
  @Test
  void twoConcurrentCreatesOfOneNameMayNotBothSucceed() {
    assertFalse(
        new NameHistory(
                List.of(
                    done(new Action.Create("a", 1), 0, 10), done(new Action.Create("a", 2), 0, 10)),
                Map.of("a", 2))
            .isExplained());
  }

  @Test
  void theLoserOfTwoConcurrentCreatesIsToldSo() {
    assertTrue(
        new NameHistory(
                List.of(
                    new Operation(new Action.Create("a", 1), Answer.NAME_TAKEN, 0, 10),
                    done(new Action.Create("a", 2), 0, 10)),
                Map.of("a", 2))
            .isExplained());
  }

  @Test
  void aStatementCannotTakeEffectBeforeItWasAsked() {
    List<Operation> history =
        List.of(
            new Operation(new Action.Drop("a"), Answer.NO_SUCH_CLUSTER, 20, 30),
            done(new Action.Create("a", 1), 0, 10));
    assertFalse(new NameHistory(history, Map.of("a", 1)).isExplained());
  }

  @Test
  void aRenameAndASwapMoveTheClusterNotTheName() {
    List<Operation> history =
        List.of(
            done(new Action.Create("a", 1), 0, 1),
            done(new Action.Create("b", 2), 2, 3),
            done(new Action.Swap("a", "b"), 4, 9),
            done(new Action.Rename("a", "c"), 4, 9));
    assertTrue(new NameHistory(history, Map.of("c", 2, "b", 1)).isExplained());
    assertFalse(new NameHistory(history, Map.of("c", 1, "b", 2)).isExplained());
  }

  @Test
  void aLostUpdateIsFound() {
    List<Operation> history =
        List.of(done(new Action.Create("a", 1), 0, 1), done(new Action.Drop("a"), 2, 3));
    assertFalse(new NameHistory(history, Map.of("a", 1)).isExplained());
  }

  private static Operation done(Action action, long askedNanos, long answeredNanos) {
    return new Operation(action, Answer.DONE, askedNanos, answeredNanos);
  }
}

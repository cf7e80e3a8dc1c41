package dev.muster.deploy.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.deploy.history.Linearizability.Verdict;
import dev.muster.deploy.history.NameModel.Action;
import dev.muster.deploy.history.NameModel.Answer;
import dev.muster.deploy.history.NameModel.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NameModelTest {
  private static final List<String> NAMES = List.of("a", "b");
  private static final NameModel MODEL = new NameModel();

  @Test
  void aTakenNameIsRefusedAndAFreeOneIsNot() {
    Map<String, Integer> one = Map.of("a", 1);
    assertEquals(Optional.of(one), after(one, new Action.Create("a", 2), Answer.NAME_TAKEN));
    assertEquals(Optional.empty(), after(one, new Action.Create("a", 2), Answer.DONE));
    assertEquals(
        Optional.of(Map.of("a", 1, "b", 2)), after(one, new Action.Create("b", 2), Answer.DONE));
    assertEquals(Optional.empty(), after(one, new Action.Create("b", 2), Answer.NAME_TAKEN));
  }

  @Test
  void aRenameTakesTheClusterAlong() {
    Map<String, Integer> one = Map.of("a", 1);
    assertEquals(Optional.of(Map.of("b", 1)), after(one, new Action.Rename("a", "b"), Answer.DONE));
    assertEquals(Optional.of(one), after(one, new Action.Rename("b", "a"), Answer.NO_SUCH_CLUSTER));
    assertEquals(
        Optional.empty(), after(Map.of("a", 1, "b", 2), new Action.Rename("a", "b"), Answer.DONE));
  }

  @Test
  void aLookSeesExactlyWhatIsThere() {
    Map<String, Integer> one = Map.of("a", 1);
    assertEquals(Optional.of(one), after(one, new Action.Look(one), Answer.DONE));
    assertEquals(Optional.empty(), after(one, new Action.Look(Map.of()), Answer.DONE));
  }

  @Property(tries = 2_000)
  void theSearchAgreesWithTryingEveryOrder(@ForAll long seed) {
    Random random = new Random(seed);
    List<Call<Operation>> history = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(5); i++) {
      long from = random.nextInt(12);
      Operation operation = operation(random, i);
      history.add(
          operation.answer() == Answer.DONE && random.nextInt(4) == 0
              ? Call.unheard(operation, from)
              : new Call<>(operation, from, from + random.nextInt(6)));
    }
    assertEquals(
        new EveryOrder<>(MODEL, history).isExplained(),
        Linearizability.judge(MODEL, history) instanceof Verdict.Explained,
        history::toString);
  }

  private static Operation operation(Random random, int number) {
    String name = NAMES.get(random.nextInt(2));
    String other = NAMES.get(1 - NAMES.indexOf(name));
    boolean done = random.nextInt(3) > 0;
    return switch (random.nextInt(5)) {
      case 0, 1 ->
          new Operation(new Action.Create(name, number), done ? Answer.DONE : Answer.NAME_TAKEN);
      case 2 ->
          new Operation(
              new Action.Rename(name, other), done ? Answer.DONE : Answer.NO_SUCH_CLUSTER);
      case 3 -> new Operation(new Action.Drop(name), done ? Answer.DONE : Answer.NO_SUCH_CLUSTER);
      default -> new Operation(new Action.Swap(name, other), Answer.DONE);
    };
  }

  private static Optional<Map<String, Integer>> after(
      Map<String, Integer> names, Action action, Answer answer) {
    return MODEL.after(names, new Operation(action, answer));
  }
}

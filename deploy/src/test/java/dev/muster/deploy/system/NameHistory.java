package dev.muster.deploy.system;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What several connections asked of a few names at once, and what they were told: is there an order
 * of the statements, each somewhere between its question and its answer, that explains every
 * answer? (The search of Wing and Gong, with the remembering of dead ends by Lowe.)
 */
final class NameHistory {
  /** What was asked. Clusters are told apart by a number of their own, whatever they are called. */
  sealed interface Action {
    record Create(String name, int cluster) implements Action {}

    record Rename(String name, String to) implements Action {}

    record Swap(String name, String with) implements Action {}

    record Drop(String name) implements Action {}
  }

  enum Answer {
    DONE,
    NAME_TAKEN,
    NO_SUCH_CLUSTER
  }

  record Operation(Action action, Answer answer, long askedNanos, long answeredNanos) {}

  private record Dead(BitSet done, Map<String, Integer> names) {}

  private final List<Operation> operations;
  private final Map<String, Integer> end;
  private final Set<Dead> deadEnds = new HashSet<>();

  /**
   * @param end which cluster had which name when all was over
   */
  NameHistory(List<Operation> operations, Map<String, Integer> end) {
    this.operations =
        operations.stream().sorted(Comparator.comparingLong(Operation::askedNanos)).toList();
    this.end = new TreeMap<>(end);
  }

  boolean isExplained() {
    return search(new BitSet(), new TreeMap<>());
  }

  private boolean search(BitSet done, Map<String, Integer> names) {
    if (done.cardinality() == operations.size()) {
      return names.equals(end);
    }
    if (deadEnds.contains(new Dead(done, names))) {
      return false;
    }
    long firstAnswerNanos = firstAnswerNanos(done);
    for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
      Operation operation = operations.get(i);
      if (operation.askedNanos() > firstAnswerNanos) {
        break;
      }
      Optional<Map<String, Integer>> after = carryOut(operation, names);
      if (after.isPresent()) {
        BitSet next = (BitSet) done.clone();
        next.set(i);
        if (search(next, after.get())) {
          return true;
        }
        if (operation.answer() != Answer.DONE) {
          // It changed nothing: what fails with it first fails in any other order too.
          break;
        }
      }
    }
    deadEnds.add(new Dead(done, names));
    return false;
  }

  private long firstAnswerNanos(BitSet done) {
    long first = Long.MAX_VALUE;
    for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
      first = Math.min(first, operations.get(i).answeredNanos());
    }
    return first;
  }

  /** The names afterwards; empty when the answer would have been another. */
  private static Optional<Map<String, Integer>> carryOut(
      Operation operation, Map<String, Integer> names) {
    Map<String, Integer> after = new TreeMap<>(names);
    boolean taken =
        switch (operation.action()) {
          case Action.Create create -> after.put(create.name(), create.cluster()) != null;
          case Action.Rename rename -> {
            boolean isTaken = after.containsKey(rename.to());
            move(after, rename);
            yield isTaken;
          }
          case Action.Swap ignored -> false;
          case Action.Drop ignored -> false;
        };
    boolean missing =
        switch (operation.action()) {
          case Action.Create ignored -> false;
          case Action.Rename rename -> !names.containsKey(rename.name());
          case Action.Swap swap -> !exchange(after, names, swap);
          case Action.Drop drop -> after.remove(drop.name()) == null;
        };
    return switch (operation.answer()) {
      case DONE -> taken || missing ? Optional.empty() : Optional.of(after);
      case NAME_TAKEN -> taken ? Optional.of(names) : Optional.empty();
      case NO_SUCH_CLUSTER -> missing ? Optional.of(names) : Optional.empty();
    };
  }

  private static void move(Map<String, Integer> names, Action.Rename rename) {
    Integer cluster = names.remove(rename.name());
    if (cluster != null) {
      names.put(rename.to(), cluster);
    }
  }

  private static boolean exchange(
      Map<String, Integer> after, Map<String, Integer> before, Action.Swap swap) {
    if (!before.containsKey(swap.name()) || !before.containsKey(swap.with())) {
      return false;
    }
    after.put(swap.name(), before.get(swap.with()));
    after.put(swap.with(), before.get(swap.name()));
    return true;
  }
}

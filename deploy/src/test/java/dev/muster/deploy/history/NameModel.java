package dev.muster.deploy.history;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A few names, and which cluster has which. Clusters are told apart by a number of their own,
 * whatever they are called. In the beginning no name is taken.
 */
public final class NameModel implements Model<Map<String, Integer>, NameModel.Operation> {
  /** What was asked. */
  public sealed interface Action {
    record Create(String name, int cluster) implements Action {}

    record Rename(String name, String to) implements Action {}

    record Swap(String name, String with) implements Action {}

    record Drop(String name) implements Action {}

    /**
     * A look at all the names.
     *
     * @param names that it was answered with
     */
    record Look(Map<String, Integer> names) implements Action {}
  }

  /** What came of it, or would have come. */
  public enum Answer {
    DONE,
    NAME_TAKEN,
    NO_SUCH_CLUSTER
  }

  /** An action and its answer. Where nobody heard an answer it is {@link Answer#DONE}, if ever. */
  public record Operation(Action action, Answer answer) {}

  @Override
  public Map<String, Integer> initial() {
    return Map.of();
  }

  @Override
  public Optional<Map<String, Integer>> after(Map<String, Integer> names, Operation operation) {
    Action action = operation.action();
    boolean fits =
        switch (operation.answer()) {
          case DONE -> !meetsTakenName(action, names) && !missesCluster(action, names);
          case NAME_TAKEN -> meetsTakenName(action, names);
          case NO_SUCH_CLUSTER -> missesCluster(action, names);
        };
    if (!fits) {
      return Optional.empty();
    }
    return operation.answer() == Answer.DONE ? done(action, names) : Optional.of(names);
  }

  /** A refusal is one, too. */
  @Override
  public boolean isLook(Operation operation) {
    return operation.answer() != Answer.DONE || operation.action() instanceof Action.Look;
  }

  private static boolean meetsTakenName(Action action, Map<String, Integer> names) {
    return switch (action) {
      case Action.Create create -> names.containsKey(create.name());
      case Action.Rename rename -> names.containsKey(rename.to());
      case Action.Swap ignored -> false;
      case Action.Drop ignored -> false;
      case Action.Look ignored -> false;
    };
  }

  private static boolean missesCluster(Action action, Map<String, Integer> names) {
    return switch (action) {
      case Action.Create ignored -> false;
      case Action.Rename rename -> !names.containsKey(rename.name());
      case Action.Swap swap -> !names.containsKey(swap.name()) || !names.containsKey(swap.with());
      case Action.Drop drop -> !names.containsKey(drop.name());
      case Action.Look ignored -> false;
    };
  }

  private static Optional<Map<String, Integer>> done(Action action, Map<String, Integer> names) {
    Map<String, Integer> after = new TreeMap<>(names);
    switch (action) {
      case Action.Create create -> after.put(create.name(), create.cluster());
      case Action.Rename rename -> after.put(rename.to(), after.remove(rename.name()));
      case Action.Swap swap -> {
        after.put(swap.name(), names.get(swap.with()));
        after.put(swap.with(), names.get(swap.name()));
      }
      case Action.Drop drop -> after.remove(drop.name());
      case Action.Look look -> {
        return look.names().equals(names) ? Optional.of(names) : Optional.empty();
      }
    }
    return Optional.of(Map.copyOf(after));
  }
}

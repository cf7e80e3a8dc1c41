package dev.muster.api.sql.tree;

import java.util.List;
import java.util.Optional;

/** An option's value as it was written; whether it suits its option is the analysis's business. */
public sealed interface OptionValue {
  /** {@code 'small'} */
  record Text(String text) implements OptionValue {}

  /** {@code small} or {@code "1"}: most options take a name for a text. */
  record Word(String word) implements OptionValue {}

  /** {@code 3}, with its sign. */
  record Number(String digits) implements OptionValue {}

  record Flag(boolean on) implements OptionValue {}

  record Null() implements OptionValue {}

  /** {@code INTERVAL '1s'} */
  record Interval(String text) implements OptionValue {}

  /** {@code ['az1', 'az2']} or {@code ('az1', 'az2')} */
  record Items(List<OptionValue> items) implements OptionValue {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** {@code (r1 (SIZE 'small'), ...)} */
  record Replicas(List<ReplicaDefinition> definitions) implements OptionValue {
    public Replicas {
      definitions = List.copyOf(definitions);
    }
  }

  record ReplicaDefinition(String name, List<Option> options) {
    public ReplicaDefinition {
      options = List.copyOf(options);
    }
  }

  /** {@code MANUAL} */
  record Manual() implements OptionValue {}

  /** {@code ON REFRESH (HYDRATION TIME ESTIMATE = '..')} */
  record OnRefresh(Optional<OptionValue> hydrationTimeEstimate) implements OptionValue {}

  /** {@code ()}: no strategy. */
  record NoStrategy() implements OptionValue {}

  /** {@code (ON HYDRATION (..))} with its options in the order given. */
  record OnHydration(List<StrategyOption> options) implements OptionValue {
    public OnHydration {
      options = List.copyOf(options);
    }
  }

  record StrategyOption(StrategyOptionName name, OptionValue value) {}

  /** The options of {@code ON HYDRATION}. */
  enum StrategyOptionName {
    HYDRATION_SIZE,
    LINGER_DURATION;

    public String sql() {
      return name().replace('_', ' ');
    }
  }
}

package dev.muster.api.sql.tree;

import java.util.List;

/** {@code WITH (WAIT ..)} as it was written. */
public sealed interface WaitClause {
  /** {@code FOR '..'} */
  record For(OptionValue duration) implements WaitClause {}

  /** {@code UNTIL READY (..)} */
  record UntilReady(List<ReadyOption> options) implements WaitClause {
    public UntilReady {
      options = List.copyOf(options);
    }
  }

  record ReadyOption(ReadyOptionName name, OptionValue value) {}

  /** The options of {@code UNTIL READY}. */
  enum ReadyOptionName {
    ON_TIMEOUT,
    TIMEOUT;

    public String sql() {
      return name().replace('_', ' ');
    }
  }
}

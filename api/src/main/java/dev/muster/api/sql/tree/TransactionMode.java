package dev.muster.api.sql.tree;

/** How a transaction shall run. */
public sealed interface TransactionMode {
  /** One of PostgreSQL's levels, or {@code strict serializable}; in lower case. */
  record Isolation(String level) implements TransactionMode {}

  record Access(boolean readOnly) implements TransactionMode {}

  record Deferrable(boolean deferrable) implements TransactionMode {}
}

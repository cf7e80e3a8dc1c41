package dev.muster.api.sql.statement;

import dev.muster.api.sql.tree.TransactionMode;
import java.util.List;

/** A statement that begins or ends a transaction block; the session carries it out. */
public sealed interface TransactionControl extends Executable {
  record Begin(String tag, List<TransactionMode> modes) implements TransactionControl {
    public Begin {
      modes = List.copyOf(modes);
    }

    /** Sets the transaction's modes, for as long as it lasts. */
    public void applyModes(Variables variables) {
      SetTransactionStatement.apply(variables, modes, false);
    }
  }

  record Commit() implements TransactionControl {
    @Override
    public String tag() {
      return "COMMIT";
    }
  }

  record Rollback() implements TransactionControl {
    @Override
    public String tag() {
      return "ROLLBACK";
    }
  }
}

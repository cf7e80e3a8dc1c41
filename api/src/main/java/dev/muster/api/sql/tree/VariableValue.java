package dev.muster.api.sql.tree;

import java.util.List;

/** What a session variable is set to. */
public sealed interface VariableValue {
  record Default() implements VariableValue {}

  /** One value or several; names, numbers and quoted texts are all texts here. */
  record Values(List<String> values) implements VariableValue {
    public Values {
      values = List.copyOf(values);
    }
  }
}

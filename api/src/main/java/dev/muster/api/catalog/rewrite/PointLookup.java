package dev.muster.api.catalog.rewrite;

import dev.muster.api.catalog.relation.BaseTable;
import dev.muster.api.catalog.relation.Projection;
import java.util.List;
import java.util.Optional;

/**
 * A query for a cluster or its replicas by key that needs no engine: plain columns of one base
 * table, on conditions that are equalities of texts, one of them of a key.
 *
 * @param conditions all of which must hold
 * @param columns of the result
 */
public record PointLookup(
    BaseTable table, List<Condition> conditions, List<Projection.Item> columns) {
  public PointLookup {
    conditions = List.copyOf(conditions);
    columns = List.copyOf(columns);
  }

  /**
   * An equality.
   *
   * @param column of the base table, one that holds texts
   */
  public record Condition(int column, Text value) {}

  /** A text that does not depend on rows. */
  public sealed interface Text {
    record Constant(String value) implements Text {}

    /**
     * A parameter.
     *
     * @param index counted from 0
     */
    record Parameter(int index) implements Text {}

    record Concatenation(Text left, Text right) implements Text {}
  }

  /** The text that a column must have; empty where there is no condition on it. */
  public Optional<Text> valueOf(String columnName) {
    int column = table.columnNames().indexOf(columnName);
    return conditions.stream()
        .filter(condition -> condition.column() == column)
        .map(Condition::value)
        .findFirst();
  }
}

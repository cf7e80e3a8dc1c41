package dev.muster.api.catalog.rewrite;

import dev.muster.api.catalog.relation.Feed;
import dev.muster.api.type.SqlType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A query that the engine can run.
 *
 * @param tree the engine's parse tree, as JSON
 * @param columns what is known of the result's columns; empty where that could not be traced
 * @param userParameters how many parameters the query has of its own; those of {@code context}
 *     follow
 * @param context values that the engine is given on each run
 * @param feeds what must be brought up to date before it runs
 * @param lookup what it asks, where that can be answered without the engine
 */
public record Rewritten(
    String tree,
    List<Output> columns,
    int userParameters,
    List<ContextValue> context,
    Set<Feed> feeds,
    Optional<PointLookup> lookup) {

  /**
   * A column of a query's result.
   *
   * @param type the declared type, where the column comes from a relation, a cast or a function
   *     whose type is known
   */
  public record Output(String name, Optional<SqlType> type) {
    Output named(String newName) {
      return new Output(newName, type);
    }
  }

  /** A value that depends on who asks. */
  public sealed interface ContextValue {
    /** The role's name. */
    record Role() implements ContextValue {}

    /** The database's name. */
    record Database() implements ContextValue {}

    /** The schema's name. */
    record Schema() implements ContextValue {}

    /** The environment's id. */
    record Environment() implements ContextValue {}

    /** A session variable, NULL where {@code missingOk} and there is none. */
    record Variable(String name, boolean missingOk) implements ContextValue {}
  }
}

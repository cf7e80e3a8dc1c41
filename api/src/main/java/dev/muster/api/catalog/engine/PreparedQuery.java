package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.CatalogQueries.Query;
import dev.muster.api.catalog.CatalogQueries.QueryContext;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.relation.Feed;
import dev.muster.api.catalog.rewrite.Rewritten;
import dev.muster.api.catalog.rewrite.Rewritten.ContextValue;
import dev.muster.api.catalog.rewrite.SqlErrors;
import dev.muster.api.session.Column;
import dev.muster.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query that the engine has accepted.
 *
 * @param boundedSql in the engine's SQL; fails where its result is larger than it may be
 */
record PreparedQuery(
    String boundedSql, Rewritten rewritten, List<SqlType> parameterTypes, List<Column> columns)
    implements Query {

  @Override
  public boolean readsClusters() {
    return rewritten.feeds().stream().anyMatch(feed -> feed != Feed.ENVIRONMENT);
  }

  /** Whether the engine could tell the result's columns. */
  boolean isDescribed() {
    return columns.size() != 1
        || !columns.getFirst().name().equals("unknown")
        || rewritten.columns().size() == 1
            && rewritten.columns().getFirst().name().equals("unknown");
  }

  /** A value of the context that is known before a snapshot is at hand. */
  static Optional<String> known(ContextValue value, QueryContext context) {
    return switch (value) {
      case ContextValue.Role ignored -> Optional.of(context.role());
      case ContextValue.Database ignored -> Optional.of(context.database());
      case ContextValue.Schema ignored -> Optional.of(context.schema());
      case ContextValue.Variable ignored -> Optional.empty();
      case ContextValue.Environment ignored -> Optional.empty();
    };
  }

  /** All values that the engine is given: the user's, and those of the context. */
  List<Object> values(List<Object> parameters, QueryContext context, CatalogSnapshot snapshot) {
    if (parameters.size() != parameterTypes.size()) {
      throw SqlErrors.error(
          "08P01",
          "bind message supplies "
              + parameters.size()
              + " parameters, but the statement requires "
              + parameterTypes.size());
    }
    List<Object> values = new ArrayList<>(parameters);
    for (ContextValue value : rewritten.context()) {
      values.add(contextValue(value, context, snapshot));
    }
    return values;
  }

  private static String contextValue(
      ContextValue value, QueryContext context, CatalogSnapshot snapshot) {
    return switch (value) {
      case ContextValue.Role ignored -> context.role();
      case ContextValue.Database ignored -> context.database();
      case ContextValue.Schema ignored -> context.schema();
      case ContextValue.Environment ignored ->
          snapshot.environment().state().environmentId().orElse(null);
      case ContextValue.Variable variable -> {
        String set = context.variables().get(variable.name());
        if (set == null && !variable.missingOk()) {
          throw SqlErrors.error(
              "42704", "unrecognized configuration parameter \"" + variable.name() + "\"");
        }
        yield set;
      }
    };
  }
}

package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.CatalogQueries.Query;
import dev.muster.api.catalog.rewrite.LiteralShape.Literal;
import dev.muster.api.session.Column;
import dev.muster.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query whose literals were made parameters: to its client it has none.
 *
 * @param values of the literals, as the parameters' types have them
 */
record LiftedQuery(PreparedQuery prepared, List<Object> values) implements Query {
  /** Of more digits than this, a number might not fit. */
  private static final int DIGITS = 18;

  LiftedQuery {
    values = List.copyOf(values);
  }

  /**
   * Gives a planned query its literals.
   *
   * @return empty where a literal is not of its parameter's type: what becomes of it then is the
   *     engine's to say
   */
  static Optional<LiftedQuery> of(PreparedQuery prepared, List<Literal> literals) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < literals.size(); i++) {
      Optional<Object> value = value(literals.get(i), prepared.parameterTypes().get(i));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(new LiftedQuery(prepared, values));
  }

  /** Whether literals can be values of all of a query's parameters. */
  static boolean accepts(PreparedQuery prepared) {
    return prepared.parameterTypes().stream()
        .allMatch(type -> type == SqlType.TEXT || type == SqlType.INT8);
  }

  private static Optional<Object> value(Literal literal, SqlType type) {
    String text = literal.value();
    if (type == SqlType.TEXT) {
      return literal.quoted() ? Optional.of(text) : Optional.empty();
    }
    boolean whole =
        !text.isEmpty()
            && text.length() <= DIGITS
            && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return whole ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  @Override
  public List<SqlType> parameterTypes() {
    return List.of();
  }

  @Override
  public List<Column> columns() {
    return prepared.columns();
  }

  @Override
  public boolean readsClusters() {
    return prepared.readsClusters();
  }
}

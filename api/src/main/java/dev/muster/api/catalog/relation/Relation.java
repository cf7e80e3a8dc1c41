package dev.muster.api.catalog.relation;

import dev.muster.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A relation of the catalog.
 *
 * @param schema as clients name it: {@code mz_catalog}, {@code pg_catalog}, ...
 * @param kind what it calls itself; all are computed
 * @param query in the engine's dialect, its result columns by position those declared; empty for a
 *     relation of things that Muster does not manage
 */
public record Relation(
    String schema, String name, Kind kind, List<RelationColumn> columns, Optional<String> query) {

  /** How the relation presents itself to those who list relations. */
  public enum Kind {
    TABLE,
    VIEW
  }

  public Relation {
    columns = List.copyOf(columns);
  }

  /**
   * A table.
   *
   * @param columns as in {@code "id text, privileges aclitem[]"}
   */
  public static Relation table(String name, String columns, String query) {
    return of(Kind.TABLE, name, columns, Optional.of(query));
  }

  /** A view; parameters as of {@link #table}. */
  public static Relation view(String name, String columns, String query) {
    return of(Kind.VIEW, name, columns, Optional.of(query));
  }

  /** A relation that has no rows. */
  public static Relation empty(String name, String columns) {
    return of(Kind.TABLE, name, columns, Optional.empty());
  }

  private static Relation of(Kind kind, String name, String columns, Optional<String> query) {
    int dot = name.indexOf('.');
    List<RelationColumn> parsed = new ArrayList<>();
    for (String column : columns.split(",")) {
      String[] parts = column.strip().split(" ");
      parsed.add(new RelationColumn(parts[0], type(parts[1])));
    }
    return new Relation(name.substring(0, dot), name.substring(dot + 1), kind, parsed, query);
  }

  private static SqlType type(String text) {
    return text.endsWith("[]")
        ? SqlType.valueOf(text.substring(0, text.length() - 2).toUpperCase(Locale.ROOT) + "_ARRAY")
        : SqlType.valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Schema and name. */
  public String qualifiedName() {
    return schema + "." + name;
  }

  /** Which columns of which base table it is, where it is nothing else. */
  public Optional<Projection> projection() {
    return query.flatMap(Projection::of);
  }

  public Optional<RelationColumn> column(String columnName) {
    return columns.stream().filter(column -> column.name().equals(columnName)).findFirst();
  }
}

package dev.muster.api.catalog.rewrite;

import dev.muster.api.catalog.rewrite.Rewritten.Output;
import dev.muster.api.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What names mean at one place of a query: common table expressions, and what FROM gives. */
final class Scope {
  private final Scope outer;
  private final Map<String, List<Output>> commonTables = new HashMap<>();
  private final List<Item> items = new ArrayList<>();
  private boolean complete = true;

  /**
   * Something in FROM.
   *
   * @param stored whether it is a relation of the catalog
   */
  record Item(String alias, List<Output> columns, boolean stored) {}

  Scope(Scope outer) {
    this.outer = outer;
  }

  void commonTable(String name, List<Output> columns) {
    commonTables.put(name, columns);
  }

  Optional<List<Output>> commonTable(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      List<Output> columns = scope.commonTables.get(name);
      if (columns != null) {
        return Optional.of(columns);
      }
    }
    return Optional.empty();
  }

  void item(String alias, List<Output> columns) {
    items.add(new Item(alias, columns, false));
  }

  void relation(String alias, List<Output> columns) {
    items.add(new Item(alias, columns, true));
  }

  /** Whether a name can mean nothing but a column of that type of a relation in this FROM. */
  boolean isStored(String alias, String name, SqlType type) {
    List<Item> those =
        items.stream()
            .filter(item -> alias == null || item.alias().equals(alias))
            .filter(item -> item.columns().stream().anyMatch(one -> one.name().equals(name)))
            .toList();
    return complete
        && those.size() == 1
        && those.getFirst().stored()
        && find(alias, name).allMatch(column -> column.type().equals(Optional.of(type)));
  }

  /** There is something in FROM whose columns are not known, or are merged by USING. */
  void incomplete() {
    complete = false;
  }

  boolean isComplete() {
    return complete;
  }

  List<Item> items() {
    return items;
  }

  /** Whether a name, qualified by an alias or not, is a column here or further out. */
  boolean hasColumn(String alias, String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      if (scope.find(alias, name).findAny().isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** The type of a column, here or further out. */
  Optional<SqlType> type(String alias, String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      List<Output> found = scope.find(alias, name).toList();
      if (!found.isEmpty()) {
        return found.getFirst().type();
      }
    }
    return Optional.empty();
  }

  private java.util.stream.Stream<Output> find(String alias, String name) {
    return items.stream()
        .filter(item -> alias == null || Objects.equals(item.alias(), alias))
        .flatMap(item -> item.columns().stream())
        .filter(column -> column.name().equals(name));
  }
}

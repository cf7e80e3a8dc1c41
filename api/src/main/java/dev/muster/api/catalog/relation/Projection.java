package dev.muster.api.catalog.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A relation that is nothing but columns of one base table: its rows can be made without the
 * engine, from the rows of the base table.
 *
 * @param items by position of the relation's columns; empty for those that are computed
 */
public record Projection(BaseTable table, List<Optional<Item>> items) {
  private static final Pattern PLAIN =
      Pattern.compile(
          "SELECT (?<items>[^()]*(?:\\([^()]*\\)[^()]*)*) FROM base\\.(?<table>[a-z_]+)");
  private static final Pattern COLUMN = Pattern.compile("\"?([a-z_]+)\"?");
  private static final Pattern INTERVAL = Pattern.compile("to_microseconds\\(([a-z_]+)\\)");
  private static final Pattern OR_EMPTY = Pattern.compile("coalesce\\(\"?([a-z_]+)\"?, ''\\)");

  public Projection {
    items = List.copyOf(items);
  }

  /** How a value comes out of a base table. */
  public enum Form {
    AS_IT_IS,
    /** Microseconds become an interval. */
    INTERVAL,
    /** NULL becomes an empty text. */
    OR_EMPTY
  }

  /**
   * A column.
   *
   * @param column its position in the base table
   */
  public record Item(int column, Form form) {}

  /**
   * What a relation's query projects; empty where it does anything else. Decimals are left to the
   * engine, which gives them their scale.
   */
  static Optional<Projection> of(String query) {
    Matcher matcher = PLAIN.matcher(query.replaceAll("\\s+", " ").strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    for (BaseTable table : BaseTable.values()) {
      if (table.tableName().equals(matcher.group("table"))) {
        List<Optional<Item>> items = new ArrayList<>();
        for (String item : matcher.group("items").split(", (?![^(]*\\))")) {
          items.add(item(table, item));
        }
        return Optional.of(new Projection(table, items));
      }
    }
    return Optional.empty();
  }

  private static Optional<Item> item(BaseTable table, String text) {
    return item(table, text, COLUMN, Form.AS_IT_IS)
        .or(() -> item(table, text, INTERVAL, Form.INTERVAL))
        .or(() -> item(table, text, OR_EMPTY, Form.OR_EMPTY));
  }

  private static Optional<Item> item(BaseTable table, String text, Pattern pattern, Form form) {
    Matcher matcher = pattern.matcher(text);
    int column = matcher.matches() ? table.columnNames().indexOf(matcher.group(1)) : -1;
    boolean exact = column >= 0 && !table.columnTypes().get(column).startsWith("DECIMAL");
    return exact ? Optional.of(new Item(column, form)) : Optional.empty();
  }
}

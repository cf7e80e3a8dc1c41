package dev.muster.deploy.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A table in Markdown that also reads well as it is: the first column to the left, the others to
 * the right.
 */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  TextTable row(Object... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "a row of "
              + cells.length
              + " cells in a table of "
              + rows.getFirst().size()
              + " columns");
    }
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], Math.max(3, row.get(column).length()));
      }
    }
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < rows.size(); index++) {
      appendRow(text, rows.get(index), widths);
      if (index == 0) {
        appendRule(text, widths);
      }
    }
    return text.toString();
  }

  private static void appendRow(StringBuilder text, List<String> row, int[] widths) {
    for (int column = 0; column < widths.length; column++) {
      String padding = " ".repeat(widths[column] - row.get(column).length());
      text.append(column == 0 ? "| " : " | ");
      text.append(column == 0 ? row.get(column) + padding : padding + row.get(column));
    }
    text.append(" |\n");
  }

  private static void appendRule(StringBuilder text, int[] widths) {
    for (int column = 0; column < widths.length; column++) {
      text.append('|').append("-".repeat(widths[column] + 1)).append(column == 0 ? '-' : ':');
    }
    text.append("|\n");
  }
}

package dev.muster.api.catalog.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's text form of an array, {@code '{a,"b c",NULL}'}, which the engine does not know. */
final class ArrayLiterals {
  private ArrayLiterals() {}

  static boolean isLiteral(JsonNode node) {
    return node.path("literal").path("kind").asText().equals("STRING")
        && node.path("literal").path("text").asText().strip().startsWith("{");
  }

  /** The list that a literal stands for, of the array's type. */
  static ObjectNode list(JsonNode literal, SqlType array) {
    String engineType = TypeNames.toEngine(array);
    List<JsonNode> items = new ArrayList<>();
    for (String item : items(literal.path("literal").path("text").asText().strip())) {
      items.add(item == null ? Trees.nothing() : Trees.text(item));
    }
    ObjectNode list = Trees.call("list_value", items.toArray(JsonNode[]::new));
    Trees.rename(list, "", "list_value");
    return Trees.cast(list, engineType);
  }

  /** The items, null for NULL. */
  static List<String> items(String text) {
    if (!text.endsWith("}")) {
      throw malformed(text);
    }
    List<String> items = new ArrayList<>();
    int i = 1;
    while (i < text.length() - 1) {
      StringBuilder item = new StringBuilder();
      boolean quoted = text.charAt(i) == '"';
      i = quoted ? quoted(text, i + 1, item) : plain(text, i, item);
      String value = quoted ? item.toString() : item.toString().strip();
      items.add(!quoted && value.equalsIgnoreCase("NULL") ? null : value);
      if (i < text.length() - 1 && text.charAt(i) != ',') {
        throw malformed(text);
      }
      i++;
    }
    return items;
  }

  private static int plain(String text, int start, StringBuilder item) {
    int i = start;
    while (i < text.length() - 1 && text.charAt(i) != ',') {
      if (text.charAt(i) == '{') {
        throw SqlErrors.notSupported("an array of arrays");
      }
      item.append(text.charAt(i++));
    }
    return i;
  }

  private static int quoted(String text, int start, StringBuilder item) {
    int i = start;
    while (i < text.length() - 1 && text.charAt(i) != '"') {
      if (text.charAt(i) == '\\') {
        i++;
      }
      item.append(text.charAt(i++));
    }
    return i + 1;
  }

  private static RuntimeException malformed(String text) {
    return SqlErrors.error("22P02", "malformed array literal: \"" + text + "\"");
  }
}

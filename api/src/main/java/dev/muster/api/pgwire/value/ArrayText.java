package dev.muster.api.pgwire.value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Arrays as PostgreSQL prints and reads them: {@code {a,"b c",NULL}}. Nested lists are dimensions.
 */
final class ArrayText {
  private final String text;
  private final Function<String, Object> element;
  private int at;

  private ArrayText(String text, Function<String, Object> element) {
    this.text = text;
    this.element = element;
  }

  static String format(List<?> elements, Function<Object, String> element) {
    StringBuilder text = new StringBuilder("{");
    for (Object value : elements) {
      text.append(text.length() == 1 ? "" : ",");
      if (value == null) {
        text.append("NULL");
      } else if (value instanceof List<?> nested) {
        text.append(format(nested, element));
      } else {
        appendQuoted(text, element.apply(value));
      }
    }
    return text.append('}').toString();
  }

  private static void appendQuoted(StringBuilder text, String element) {
    if (!needsQuotes(element)) {
      text.append(element);
      return;
    }
    text.append('"');
    for (int i = 0; i < element.length(); i++) {
      char c = element.charAt(i);
      text.append(c == '"' || c == '\\' ? "\\" : "").append(c);
    }
    text.append('"');
  }

  private static boolean needsQuotes(String element) {
    return element.isEmpty()
        || element.equalsIgnoreCase("NULL")
        || element.chars().anyMatch(c -> "{},\"\\".indexOf(c) >= 0 || isSpace((char) c));
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  /** Reads an array of one dimension. */
  static List<Object> parse(String text, Function<String, Object> element) {
    ArrayText parser = new ArrayText(text, element);
    List<Object> elements = parser.array();
    parser.spaces();
    if (parser.at != text.length()) {
      throw parser.malformed();
    }
    return elements;
  }

  private List<Object> array() {
    List<Object> elements = new ArrayList<>();
    spaces();
    expect('{');
    spaces();
    if (peek() == '}') {
      at++;
      return elements;
    }
    while (true) {
      spaces();
      elements.add(peek() == '"' ? element.apply(quoted()) : bare());
      spaces();
      if (peek() == '}') {
        at++;
        return elements;
      }
      expect(',');
    }
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (peek() != '"') {
      if (peek() == '\\') {
        at++;
      }
      value.append(peek());
      at++;
    }
    at++;
    return value.toString();
  }

  private Object bare() {
    StringBuilder value = new StringBuilder();
    int end = 0; // where the last character that is not a bare space ends
    while (peek() != ',' && peek() != '}') {
      if (peek() == '{' || peek() == '"') {
        throw malformed();
      }
      boolean escaped = peek() == '\\';
      if (escaped) {
        at++;
      }
      value.append(peek());
      if (escaped || !isSpace(peek())) {
        end = value.length();
      }
      at++;
    }
    value.setLength(end);
    if (value.isEmpty()) {
      throw malformed();
    }
    return value.toString().equalsIgnoreCase("NULL") ? null : element.apply(value.toString());
  }

  private void spaces() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw malformed();
    }
    return text.charAt(at);
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw malformed();
    }
    at++;
  }

  private RuntimeException malformed() {
    return ValueErrors.malformedArray(text);
  }
}

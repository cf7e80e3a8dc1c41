package dev.muster.replicad;

import java.util.Iterator;
import java.util.List;

/** Writes JSON objects: all that this program needs of JSON, at no cost at its start. */
final class Json {
  private final StringBuilder text = new StringBuilder();

  private Json() {}

  static Json object() {
    return new Json();
  }

  /** A number, a truth value, a list or null as such; anything else as its text. */
  Json put(String name, Object value) {
    text.append(text.isEmpty() ? "{" : ", ");
    write(name);
    text.append(": ");
    write(value);
    return this;
  }

  String text() {
    return text + "}";
  }

  private void write(Object value) {
    if (value == null || value instanceof Boolean || isFinite(value)) {
      text.append(value);
    } else if (value instanceof List<?> list) {
      text.append('[');
      for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
        write(items.next());
        text.append(items.hasNext() ? ", " : "");
      }
      text.append(']');
    } else {
      writeString(value.toString());
    }
  }

  private static boolean isFinite(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }

  private void writeString(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        default -> {
          if (c < ' ') {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}

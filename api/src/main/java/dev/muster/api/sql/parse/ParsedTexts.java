package dev.muster.api.sql.parse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What messages parsed to, by their text: clients send the same texts again and again, and a parse
 * is a third of what the session's side of a short statement costs. Bounded in number and in
 * length; the least recently used goes first. Safe for use by many threads.
 */
final class ParsedTexts {
  private static final int TEXTS_MAX = 4096;

  /** Longer texts are generated, and seldom the same twice. */
  private static final int CHARACTERS_MAX = 1024;

  private final Map<String, List<ParsedStatement>> texts =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<ParsedStatement>> eldest) {
          return size() > TEXTS_MAX;
        }
      };

  /** What the text parsed to, or null. */
  synchronized List<ParsedStatement> find(String text) {
    return text.length() > CHARACTERS_MAX ? null : texts.get(text);
  }

  synchronized void keep(String text, List<ParsedStatement> statements) {
    if (text.length() <= CHARACTERS_MAX) {
      texts.put(text, statements);
    }
  }
}

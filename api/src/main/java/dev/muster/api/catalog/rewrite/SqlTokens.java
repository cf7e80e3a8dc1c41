package dev.muster.api.catalog.rewrite;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a query's text, as PostgreSQL's lexer cuts it: strings, quoted names and comments
 * are never taken for anything else. It knows no grammar.
 */
final class SqlTokens {
  /** Names and keywords, quoted or not. */
  static final char WORD = 'w';

  /** {@code '...'}, without a letter that may stand before it. */
  static final char TEXT = '\'';

  /** {@code $tag$...$tag$}. */
  static final char DOLLAR_TEXT = '$';

  /** {@code $1}. */
  static final char PARAMETER = '1';

  /** Digits alone. */
  static final char DIGITS = '0';

  /** An operator of several characters; one of a single character is its own kind. */
  static final char OPERATOR = 'o';

  private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?:";

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  /**
   * A token's place in the text.
   *
   * @param end not included
   * @param kind one of the constants, or the character itself
   */
  record Token(int start, int end, char kind) {
    String text(String sql) {
      return sql.substring(start, end);
    }
  }

  private SqlTokens(String sql) {
    this.sql = sql;
  }

  static List<Token> of(String sql) {
    SqlTokens reader = new SqlTokens(sql);
    while (reader.position < sql.length()) {
      reader.step();
    }
    return reader.tokens;
  }

  private void step() {
    char c = sql.charAt(position);
    if (Character.isWhitespace(c)) {
      position++;
    } else if (sql.startsWith("--", position)) {
      int end = sql.indexOf('\n', position);
      position = end < 0 ? sql.length() : end;
    } else if (sql.startsWith("/*", position)) {
      position = commentEnd(position);
    } else if (c == '\'') {
      boolean escapes = position > 0 && "Ee".indexOf(sql.charAt(position - 1)) >= 0;
      take(TEXT, quotedEnd(position, '\'', escapes));
    } else if (c == '"') {
      take(WORD, quotedEnd(position, '"', false));
    } else if (c == '$') {
      dollar();
    } else if (isDigit(c)) {
      take(DIGITS, run(position, SqlTokens::isDigit));
    } else if (Character.isJavaIdentifierStart(c)) {
      take(WORD, run(position, Character::isJavaIdentifierPart));
    } else if (OPERATOR_CHARACTERS.indexOf(c) >= 0) {
      int end = operatorEnd(position);
      take(end - position == 1 ? c : OPERATOR, end);
    } else {
      take(c, position + 1);
    }
  }

  private void take(char kind, int end) {
    tokens.add(new Token(position, end, kind));
    position = end;
  }

  private void dollar() {
    int next = position + 1;
    if (next < sql.length() && isDigit(sql.charAt(next))) {
      take(PARAMETER, run(next, SqlTokens::isDigit));
      return;
    }
    int tagEnd = run(next, c -> Character.isLetterOrDigit(c) || c == '_');
    if (tagEnd < sql.length() && sql.charAt(tagEnd) == '$') {
      String tag = sql.substring(position, tagEnd + 1);
      int end = sql.indexOf(tag, tagEnd + 1);
      take(DOLLAR_TEXT, end < 0 ? sql.length() : end + tag.length());
    } else {
      take(OPERATOR, next);
    }
  }

  /** A character class. */
  @FunctionalInterface
  private interface Characters {
    boolean has(char c);
  }

  private int run(int start, Characters characters) {
    int i = start;
    while (i < sql.length() && characters.has(sql.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private int operatorEnd(int start) {
    int i = start;
    while (i < sql.length()
        && OPERATOR_CHARACTERS.indexOf(sql.charAt(i)) >= 0
        && !sql.startsWith("--", i)
        && !sql.startsWith("/*", i)) {
      i++;
    }
    return i;
  }

  private int commentEnd(int start) {
    int depth = 0;
    for (int i = start; i < sql.length() - 1; i++) {
      if (sql.startsWith("/*", i)) {
        depth++;
        i++;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i++;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return sql.length();
  }

  private int quotedEnd(int start, char quote, boolean escapes) {
    int i = start + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (escapes && c == '\\') {
        i += 2;
      } else if (c == quote) {
        if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
          i += 2;
        } else {
          return i + 1;
        }
      } else {
        i++;
      }
    }
    return sql.length();
  }
}

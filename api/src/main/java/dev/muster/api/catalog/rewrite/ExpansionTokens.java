package dev.muster.api.catalog.rewrite;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes {@code f(x).*} readable for the engine's parser, which does not know it: wraps the call in
 * a call of {@link #MARK}. Works on tokens, so that text in strings, quoted names and comments is
 * left alone.
 */
public final class ExpansionTokens {
  /** A function name that no user can mean. */
  static final String MARK = "muster expand";

  /** A token's place in the text, its end not included. */
  private record Token(int start, int end, char kind) {}

  private ExpansionTokens() {}

  /** The text, with what the engine cannot parse made parseable. */
  public static String prepare(String sql) {
    if (!sql.contains(".*") && !sql.contains(". *")) {
      return sql;
    }
    List<Token> tokens = tokens(sql);
    StringBuilder result = new StringBuilder(sql);
    for (int i = tokens.size() - 1; i >= 2; i--) {
      if (tokens.get(i).kind() == '*'
          && tokens.get(i - 1).kind() == '.'
          && tokens.get(i - 2).kind() == ')') {
        int start = callStart(tokens, i - 2);
        if (start >= 0) {
          result.replace(tokens.get(i - 1).start(), tokens.get(i).end(), ")");
          result.insert(tokens.get(start).start(), '"' + MARK + "\"(");
        }
      }
    }
    return result.toString();
  }

  /** The token that a call, which ends with the parenthesis, begins with; negative if none does. */
  private static int callStart(List<Token> tokens, int closing) {
    int depth = 0;
    int i = closing;
    for (; i >= 0; i--) {
      if (tokens.get(i).kind() == ')') {
        depth++;
      } else if (tokens.get(i).kind() == '(' && --depth == 0) {
        break;
      }
    }
    if (i < 0) {
      return -1;
    }
    int start = i;
    while (start >= 1 && tokens.get(start - 1).kind() == 'w') {
      start--;
      if (start >= 1 && tokens.get(start - 1).kind() == '.') {
        start--;
      } else {
        break;
      }
    }
    return start;
  }

  private static List<Token> tokens(String sql) {
    List<Token> tokens = new ArrayList<>();
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      int start = i;
      if (Character.isWhitespace(c)) {
        i++;
        continue;
      }
      if (sql.startsWith("--", i)) {
        int end = sql.indexOf('\n', i);
        i = end < 0 ? sql.length() : end;
        continue;
      }
      if (sql.startsWith("/*", i)) {
        i = commentEnd(sql, i);
        continue;
      }
      char kind = c;
      if (c == '\'') {
        boolean escapes = i > 0 && (sql.charAt(i - 1) == 'E' || sql.charAt(i - 1) == 'e');
        i = quotedEnd(sql, i, '\'', escapes);
      } else if (c == '"') {
        i = quotedEnd(sql, i, '"', false);
        kind = 'w';
      } else if (c == '$' && dollarTag(sql, i) != null) {
        String tag = dollarTag(sql, i);
        int end = sql.indexOf(tag, i + tag.length());
        i = end < 0 ? sql.length() : end + tag.length();
      } else if (Character.isJavaIdentifierStart(c)) {
        while (i < sql.length() && Character.isJavaIdentifierPart(sql.charAt(i))) {
          i++;
        }
        kind = 'w';
      } else {
        i++;
      }
      tokens.add(new Token(start, i, kind));
    }
    return tokens;
  }

  private static int commentEnd(String sql, int start) {
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

  private static int quotedEnd(String sql, int start, char quote, boolean escapes) {
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

  /** The tag of a dollar-quoted string that begins here; null where none does. */
  private static String dollarTag(String sql, int start) {
    int i = start + 1;
    while (i < sql.length() && (Character.isLetterOrDigit(sql.charAt(i)) || sql.charAt(i) == '_')) {
      i++;
    }
    boolean parameter = start + 1 < sql.length() && Character.isDigit(sql.charAt(start + 1));
    return i < sql.length() && sql.charAt(i) == '$' && !parameter
        ? sql.substring(start, i + 1)
        : null;
  }
}

package dev.muster.api.catalog.rewrite;

import dev.muster.api.catalog.rewrite.SqlTokens.Token;
import java.util.List;

/**
 * Makes {@code f(x).*} readable for the engine's parser, which does not know it: wraps the call in
 * a call of {@link #MARK}. Works on tokens, so that text in strings, quoted names and comments is
 * left alone.
 */
public final class ExpansionTokens {
  /** A function name that no user can mean. */
  static final String MARK = "muster expand";

  private ExpansionTokens() {}

  /** The text, with what the engine cannot parse made parseable. */
  public static String prepare(String sql) {
    if (!sql.contains(".*") && !sql.contains(". *")) {
      return sql;
    }
    List<Token> tokens = SqlTokens.of(sql);
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
    while (start >= 1 && tokens.get(start - 1).kind() == SqlTokens.WORD) {
      start--;
      if (start >= 1 && tokens.get(start - 1).kind() == '.') {
        start--;
      } else {
        break;
      }
    }
    return start;
  }
}

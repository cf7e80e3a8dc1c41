package dev.muster.api.sql.session;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of a statement's text: after a word such as {@code PASSWORD} or {@code SECRET},
 * or one that ends so, every string up to the end of the statement, every comment, and the plain
 * word after {@code =} or {@code TO}. It works on tokens, not on the grammar, so that it does not
 * matter whether we know the statement, nor whether it is one; rather too much goes than too
 * little.
 */
final class Secrets {
  private static final String REMOVED = "'<removed>'";
  private static final Set<String> ENDINGS =
      Set.of("password", "passwd", "pwd", "passphrase", "secret", "token", "credential", "key");

  /** What PostgreSQL's scanner tells apart; what does not end goes on to the end of the text. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>--[^\\r"
              + "\\n"
              + "]*|/\\*(?:(?!\\*/).)*+(?:\\*/|$))|(?<string>[eE]'(?:[^'\\\\]|''|\\\\.)*+(?:'|$)"
              + "|(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*+(?:'|$)"
              + "|\\$(?<tag>(?:[\\p{L}_][\\p{L}\\p{N}_]*)?)\\$(?:(?!\\$\\k<tag>\\$).)*+(?:\\$\\k<tag>\\$|$))"
              + "|(?<word>\"(?:[^\"]|\"\")*+(?:\"|$)|[\\p{L}\\p{N}_][\\p{L}\\p{N}_$.+/-]*)"
              + "|(?<other>.)",
          Pattern.DOTALL);

  private Secrets() {}

  /** The text, with {@code '<removed>'} in the place of each secret. */
  static String removed(String statement) {
    if (!mayHold(statement)) {
      return statement;
    }
    StringBuilder kept = new StringBuilder();
    boolean secret = false;
    boolean value = false;
    // What stands right behind a string may be the rest of one that was not quoted well.
    boolean behind = false;
    Matcher token = TOKEN.matcher(statement);
    while (token.find()) {
      String text = token.group();
      if (token.group("comment") != null) {
        kept.append(secret ? " " : text);
      } else if (token.group("string") != null) {
        kept.append(secret ? REMOVED : text);
        value = false;
      } else if (token.group("word") != null) {
        if (!behind) {
          kept.append(secret && value ? REMOVED : text);
        }
        secret |= isSecret(text);
        value = text.equalsIgnoreCase("to");
      } else {
        kept.append(text);
        secret &= !text.equals(";");
        value = text.equals("=") || value && text.isBlank();
      }
      behind = secret && token.group("string") != null;
    }
    return kept.toString();
  }

  private static boolean mayHold(String statement) {
    String lower = statement.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(lower::contains);
  }

  /** Also in the plural, and where it is the end of a longer name. */
  private static boolean isSecret(String word) {
    String name = word.replace("\"", "").toLowerCase(Locale.ROOT);
    String singular = name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    return ENDINGS.stream().anyMatch(singular::endsWith);
  }
}

package dev.muster.api.sql.parse;

import dev.muster.api.sql.grammar.SqlLexer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.antlr.v4.runtime.Token;

/** What names and quoted texts say once their quotes and escapes are gone. */
final class Literals {
  private static final int NAME_MAX_BYTES = 255;

  private Literals() {}

  /** A text within double quotes, as messages show names. */
  static String quoted(String text) {
    return '"' + text.replace("\"", "\\\"") + '"';
  }

  /** An unquoted name, which does not tell upper from lower case. */
  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The name that a token stands for, keywords included. */
  static String identifier(Token token) {
    String text = token.getText();
    return switch (token.getType()) {
      case SqlLexer.QUOTED_IDENTIFIER -> text.substring(1, text.length() - 1).replace("\"\"", "\"");
      case SqlLexer.UNICODE_IDENTIFIER ->
          unicode(token, text.substring(3, text.length() - 1).replace("\"\"", "\""));
      default -> folded(text);
    };
  }

  /** The name that a token stands for, which may not be empty. */
  static String name(Token token) {
    String name = identifier(token);
    if (name.isEmpty()) {
      throw SyntaxErrors.at(token.getStartIndex(), "zero-length delimited identifier");
    }
    if (name.length() > NAME_MAX_BYTES / 4
        && name.getBytes(StandardCharsets.UTF_8).length > NAME_MAX_BYTES) {
      throw SyntaxErrors.at(
          token.getStartIndex(), "identifier length exceeds " + NAME_MAX_BYTES + " bytes");
    }
    if (name.indexOf('\0') >= 0) {
      throw SyntaxErrors.at(token.getStartIndex(), "null character not permitted");
    }
    return name;
  }

  /** The text that a token stands for. */
  static String string(Token token) {
    String text = token.getText();
    return switch (token.getType()) {
      case SqlLexer.ESCAPED_STRING -> escaped(token, text.substring(2, text.length() - 1));
      case SqlLexer.UNICODE_STRING ->
          unicode(token, text.substring(3, text.length() - 1).replace("''", "'"));
      case SqlLexer.DOLLAR_STRING -> {
        int tag = text.indexOf('$', 1) + 1;
        yield text.substring(tag, text.length() - tag);
      }
      default -> text.substring(1, text.length() - 1).replace("''", "'");
    };
  }

  /** {@code E'..'}: backslash escapes. */
  private static String escaped(Token token, String body) {
    StringBuilder out = new StringBuilder(body.length());
    int i = 0;
    while (i < body.length()) {
      char c = body.charAt(i++);
      if (c == '\'') {
        i++; // doubled
        out.append(c);
      } else if (c != '\\') {
        out.append(c);
      } else {
        i = escape(token, body, i, out);
      }
    }
    return out.toString();
  }

  private static int escape(Token token, String body, int at, StringBuilder out) {
    char kind = body.charAt(at);
    switch (kind) {
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u' -> {
        return hexadecimal(token, body, at + 1, 4, out);
      }
      case 'U' -> {
        return hexadecimal(token, body, at + 1, 8, out);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' ->
          throw SyntaxErrors.at(token.getStartIndex(), "octal escapes are not supported");
      case 'x' ->
          throw SyntaxErrors.at(token.getStartIndex(), "hexadecimal escapes are not supported");
      default -> {
        int point = body.codePointAt(at);
        out.appendCodePoint(point);
        return at + Character.charCount(point);
      }
    }
    return at + 1;
  }

  /** {@code U&'..'}: {@code \0041} and {@code \+000041}; two backslashes stand for one. */
  private static String unicode(Token token, String body) {
    StringBuilder out = new StringBuilder(body.length());
    int i = 0;
    while (i < body.length()) {
      char c = body.charAt(i++);
      if (c != '\\') {
        out.append(c);
      } else if (body.startsWith("\\", i)) {
        out.append(c);
        i++;
      } else if (body.startsWith("+", i)) {
        i = hexadecimal(token, body, i + 1, 6, out);
      } else {
        i = hexadecimal(token, body, i, 4, out);
      }
    }
    return out.toString();
  }

  private static int hexadecimal(Token token, String body, int at, int digits, StringBuilder out) {
    int point = -1;
    if (at + digits <= body.length()) {
      point = 0;
      for (int i = at; i < at + digits && point >= 0; i++) {
        int digit = Character.digit(body.charAt(i), 16);
        point = digit < 0 || point > 0x10FFFF ? -1 : point * 16 + digit;
      }
    }
    boolean isCharacter = point > 0 && point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF);
    if (!isCharacter) {
      throw SyntaxErrors.at(token.getStartIndex(), "invalid unicode escape");
    }
    out.appendCodePoint(point);
    return at + digits;
  }
}

package dev.muster.api.sql.parse;

import dev.muster.api.error.SqlException;
import dev.muster.api.sql.grammar.SqlLexer;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.LexerNoViableAltException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;

/**
 * What the lexer's rules cannot say: quotes that end with the tag that they began with, comments
 * that nest, and errors instead of recovery. Linear in the text's length and without recursion.
 */
public abstract class LexerBase extends Lexer {
  protected LexerBase(CharStream input) {
    super(input);
  }

  /** The opening {@code $tag$} has been read: reads on, to the same tag again. */
  protected final void dollarQuotedBody() {
    String tag = getText();
    int[] points = tag.codePoints().toArray();
    CharStream input = getInputStream();
    while (input.LA(1) != Token.EOF) {
      if (startsWith(input, points)) {
        for (int ignored : points) {
          input.consume();
        }
        return;
      }
      input.consume();
    }
    throw unterminated("unterminated dollar-quoted string");
  }

  private static boolean startsWith(CharStream input, int[] points) {
    for (int i = 0; i < points.length; i++) {
      if (input.LA(i + 1) != points[i]) {
        return false;
      }
    }
    return true;
  }

  /** The opening of a comment has been read: reads on, to its own end. */
  protected final void nestedComment() {
    CharStream input = getInputStream();
    int open = 1;
    while (input.LA(1) != Token.EOF) {
      if (input.LA(1) == '*' && input.LA(2) == '/') {
        input.consume();
        open--;
      } else if (input.LA(1) == '/' && input.LA(2) == '*') {
        input.consume();
        open++;
      }
      input.consume();
      if (open == 0) {
        return;
      }
    }
    throw unterminated("unterminated multiline comment");
  }

  /** A character that begins nothing: an unclosed quote, or none of SQL's. */
  protected final void stray() {
    String text = getText();
    throw unterminated(
        switch (text) {
          case "'" -> "unterminated quoted string";
          case "\"" -> "unterminated quoted identifier";
          case "$" -> "unterminated dollar-quoted string";
          default -> "unexpected character in input: " + text;
        });
  }

  private SqlException unterminated(String message) {
    return SyntaxErrors.at(_tokenStartCharIndex, message);
  }

  @Override
  public void recover(LexerNoViableAltException e) {
    int start = e.getStartIndex();
    String text = getInputStream().getText(Interval.of(start, start));
    throw SyntaxErrors.at(start, "unexpected character in input: " + text);
  }

  /** The type of the token that a text begins with, as the keyword that it is, if it is one. */
  static boolean isKeyword(int type) {
    return type >= SqlLexer.ABORT && type <= SqlLexer.ZONES;
  }
}

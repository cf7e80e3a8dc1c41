package dev.muster.api.sql.parse;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.grammar.SqlGrammar;
import dev.muster.api.sql.grammar.SqlLexer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Says what was expected and what was found, in the words of the reference system, and gives up at
 * once: {@code Expected one of OWNER or RENAME or RESET or SET or SWAP, found dot}.
 */
final class SyntaxErrors extends DefaultErrorStrategy {
  static final String SYNTAX_ERROR = "42601";

  /** An error at a character of the text, counted from 0. */
  static SqlException at(int index, String message) {
    return new SqlException(SqlMessage.error(SYNTAX_ERROR, message).withPosition(index + 1));
  }

  static SqlException expected(String what, Token found) {
    return at(found.getStartIndex(), "Expected " + what + ", found " + describe(found));
  }

  @Override
  public void sync(Parser recognizer) {
    // A mistake is told where matching meets it.
  }

  @Override
  public void recover(Parser recognizer, RecognitionException e) {
    throw wrong(recognizer);
  }

  @Override
  public Token recoverInline(Parser recognizer) {
    throw wrong(recognizer);
  }

  @Override
  public void reportError(Parser recognizer, RecognitionException e) {
    throw wrong(recognizer);
  }

  private static SqlException wrong(Parser parser) {
    Token found = parser.getCurrentToken();
    return expected(describe(parser, parser.getExpectedTokens()), found);
  }

  /**
   * One thing that could have stood here. Of several, what ends the list or the statement counts
   * more than what would continue it, since what continues is optional.
   */
  private static String describe(Parser parser, IntervalSet expected) {
    String rule = parser.getRuleNames()[parser.getContext().getRuleIndex()];
    if (expected.contains(Token.EOF)) {
      return "end of statement";
    }
    if (rule.equals("optionValue")) {
      return "option value";
    }
    if (rule.equals("variableValue")) {
      return "variable value";
    }
    if (expected.contains(SqlLexer.EQUALS) && expected.contains(SqlLexer.TO)) {
      return "equals sign or TO";
    }
    if (expected.contains(SqlLexer.IDENTIFIER)) {
      return "identifier";
    }
    if (expected.contains(SqlLexer.STRING)) {
      return "literal string";
    }
    if (expected.contains(SqlLexer.RIGHT_PARENTHESIS)) {
      return "right parenthesis";
    }
    return words(expected);
  }

  private static String words(IntervalSet expected) {
    List<String> keywords =
        expected.toList().stream()
            .filter(LexerBase::isKeyword)
            .map(SqlGrammar.VOCABULARY::getSymbolicName)
            .sorted()
            .toList();
    if (keywords.size() > 1) {
      return keywords.stream().collect(Collectors.joining(" or ", "one of ", ""));
    }
    if (keywords.size() == 1) {
      return keywords.getFirst();
    }
    return expected.toList().stream()
        .map(SyntaxErrors::punctuation)
        .collect(Collectors.joining(" or "));
  }

  private static String punctuation(int type) {
    return switch (type) {
      case SqlLexer.EQUALS -> "equals sign";
      case SqlLexer.LEFT_BRACKET -> "left square bracket";
      case SqlLexer.RIGHT_BRACKET -> "right square bracket";
      default ->
          SqlGrammar.VOCABULARY.getSymbolicName(type).toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  private static String describe(Token token) {
    int type = token.getType();
    if (LexerBase.isKeyword(type)) {
      return SqlGrammar.VOCABULARY.getSymbolicName(type);
    }
    String text = token.getText();
    return switch (type) {
      case Token.EOF ->
          switch (text) {
            case ";" -> "semicolon";
            case ")" -> "right parenthesis";
            default -> "EOF";
          };
      case SqlLexer.IDENTIFIER -> "identifier " + Literals.quoted(Literals.folded(text));
      case SqlLexer.QUOTED_IDENTIFIER, SqlLexer.UNICODE_IDENTIFIER ->
          "identifier " + Literals.quoted(Literals.identifier(token));
      case SqlLexer.STRING,
          SqlLexer.ESCAPED_STRING,
          SqlLexer.UNICODE_STRING,
          SqlLexer.DOLLAR_STRING ->
          "string literal " + Literals.quoted(Literals.string(token));
      case SqlLexer.BIT_STRING ->
          "hex string literal " + Literals.quoted(text.substring(2, text.length() - 1));
      case SqlLexer.NUMBER -> "number " + Literals.quoted(text);
      case SqlLexer.PARAMETER -> "parameter " + Literals.quoted(text);
      case SqlLexer.OPERATOR -> text.equals("*") ? "star" : "operator " + Literals.quoted(text);
      default -> punctuation(type);
    };
  }
}

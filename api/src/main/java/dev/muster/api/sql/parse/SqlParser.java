package dev.muster.api.sql.parse;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.grammar.SqlGrammar;
import dev.muster.api.sql.grammar.SqlLexer;
import dev.muster.api.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.Interval;

/**
 * Takes a message apart into its statements. Safe for use by many threads: the lexer's and the
 * parser's tables are shared and fill as they are used, so that a statement of a kind seen before
 * costs microseconds.
 *
 * <p>Bounded in every direction: a message of at most {@link #MESSAGE_MAX_CHARACTERS}, parentheses
 * nested at most {@link #NESTING_MAX} deep.
 */
public final class SqlParser {
  /** A longer message is refused before a character of it is looked at. */
  public static final int MESSAGE_MAX_CHARACTERS = 1_000_000;

  /** Parentheses and brackets within each other. */
  public static final int NESTING_MAX = 128;

  private static final ParsedTexts KNOWN = new ParsedTexts();

  private SqlParser() {}

  /**
   * All statements of a message; none for one that is empty or holds comments alone.
   *
   * @throws SqlException where it does not parse; then none of it may be carried out
   */
  public static List<ParsedStatement> parse(String message) {
    if (message.length() > MESSAGE_MAX_CHARACTERS) {
      throw new SqlException(
          SqlMessage.error("54000", "statement batch size cannot exceed 1.0 MB")
              .withDetail("The message has " + message.length() + " characters."));
    }
    List<ParsedStatement> known = KNOWN.find(message);
    if (known != null) {
      return known;
    }
    List<ParsedStatement> statements = statements(CharStreams.fromString(message));
    KNOWN.keep(message, statements);
    return statements;
  }

  private static List<ParsedStatement> statements(CharStream characters) {
    List<ParsedStatement> statements = new ArrayList<>(1);
    for (List<Token> tokens : split(characters)) {
      statements.add(statement(characters, tokens));
    }
    return List.copyOf(statements);
  }

  /** One list a statement, each ended by its semicolon or the end of the text. */
  private static List<List<Token>> split(CharStream characters) {
    SqlLexer lexer = new SqlLexer(characters);
    lexer.removeErrorListeners();
    List<List<Token>> statements = new ArrayList<>(1);
    List<Token> current = new ArrayList<>();
    int nesting = 0;
    while (true) {
      Token token = lexer.nextToken();
      nesting = nested(nesting, token);
      boolean ends = token.getType() == SqlLexer.SEMICOLON || token.getType() == Token.EOF;
      if (!ends) {
        current.add(token);
      } else if (!current.isEmpty()) {
        current.add(token);
        statements.add(current);
        current = new ArrayList<>();
      }
      if (token.getType() == Token.EOF) {
        return statements;
      }
    }
  }

  private static int nested(int depth, Token token) {
    return switch (token.getType()) {
      case SqlLexer.LEFT_PARENTHESIS, SqlLexer.LEFT_BRACKET -> {
        if (depth == NESTING_MAX) {
          throw new SqlException(
              SqlMessage.error(
                      "54001", "statement exceeds nested expression limit of " + NESTING_MAX)
                  .withPosition(token.getStartIndex() + 1));
        }
        yield depth + 1;
      }
      case SqlLexer.RIGHT_PARENTHESIS, SqlLexer.RIGHT_BRACKET -> Math.max(0, depth - 1);
      case SqlLexer.SEMICOLON -> 0;
      default -> depth;
    };
  }

  private static ParsedStatement statement(CharStream characters, List<Token> tokens) {
    int start = tokens.getFirst().getStartIndex();
    int stop = tokens.get(tokens.size() - 2).getStopIndex();
    String text = characters.getText(Interval.of(start, stop));
    return new ParsedStatement(tree(characters, tokens), text, start);
  }

  private static Statement tree(CharStream characters, List<Token> tokens) {
    return switch (Beginning.of(tokens)) {
      case Beginning.Ours ignored when tokens.getFirst().getType() == SqlLexer.SHOW ->
          new QueryReader(characters, tokens).readShow();
      case Beginning.Ours ignored -> ours(characters, tokens);
      case Beginning.Query ignored -> new QueryReader(characters, tokens).read();
      case Beginning.Explained ignored ->
          explained(tree(characters, tokens.subList(1, tokens.size())));
      case Beginning.NotExplained other ->
          new Statement.Explain(new Statement.Unsupported(other.what()));
      case Beginning.Unsupported unsupported -> new Statement.Unsupported(unsupported.what());
    };
  }

  private static Statement explained(Statement change) {
    return change instanceof Statement.Unsupported unsupported
        ? unsupported
        : new Statement.Explain(change);
  }

  /** Parses the tokens of one statement, the one that ends it included. */
  static Statement ours(CharStream characters, List<Token> tokens) {
    SqlGrammar parser = new SqlGrammar(new CommonTokenStream(source(tokens)));
    parser.removeErrorListeners();
    parser.setErrorHandler(new SyntaxErrors());
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    return new TreeBuilder(characters).statement(parser.statement().single());
  }

  /** What ends the statement is told as the end, and keeps its place for messages. */
  private static ListTokenSource source(List<Token> tokens) {
    Token last = tokens.getLast();
    if (last.getType() == Token.EOF) {
      return new ListTokenSource(tokens);
    }
    List<Token> ended = new ArrayList<>(tokens);
    ended.set(ended.size() - 1, new EndOfStatement(last));
    return new ListTokenSource(ended);
  }

  /** A semicolon in the place of the end of the text. */
  private static final class EndOfStatement extends org.antlr.v4.runtime.CommonToken {
    private static final long serialVersionUID = 1L;

    EndOfStatement(Token semicolon) {
      super(Token.EOF, semicolon.getText());
      setStartIndex(semicolon.getStartIndex());
      setStopIndex(semicolon.getStopIndex());
    }
  }
}

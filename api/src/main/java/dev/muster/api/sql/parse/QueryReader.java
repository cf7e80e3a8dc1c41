package dev.muster.api.sql.parse;

import dev.muster.api.sql.grammar.SqlLexer;
import dev.muster.api.sql.tree.AsOf;
import dev.muster.api.sql.tree.QueryPiece;
import dev.muster.api.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;

/** Finds, in a query that is otherwise none of our business, each {@code (SHOW ..)}. */
final class QueryReader {
  /** What may follow a column or a table that is called "of". */
  private static final Set<String> AFTER_AN_ALIAS =
      Set.of(
          "FROM",
          "WHERE",
          "GROUP",
          "HAVING",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "JOIN",
          "LEFT",
          "RIGHT",
          "FULL",
          "INNER",
          "CROSS",
          "NATURAL",
          "ON",
          "USING",
          "WINDOW",
          "AS");

  private final CharStream characters;
  private final List<Token> tokens;

  /**
   * @param tokens of one statement, the one that ends it included
   */
  QueryReader(CharStream characters, List<Token> tokens) {
    this.characters = characters;
    this.tokens = tokens;
  }

  Statement.Query read() {
    List<QueryPiece> pieces = new ArrayList<>(1);
    int textFrom = tokens.getFirst().getStartIndex();
    OptionalInt clause = asOfClause();
    int end = clause.orElse(tokens.size() - 1);
    for (int i = 0; i < end; i++) {
      if (is(i, SqlLexer.LEFT_PARENTHESIS) && is(i + 1, SqlLexer.SHOW)) {
        int close = closing(i);
        pieces.add(new QueryPiece.Text(text(textFrom, tokens.get(i).getStopIndex())));
        pieces.add(new QueryPiece.Show(show(i + 1, close)));
        textFrom = tokens.get(close).getStartIndex();
        i = close - 1;
      }
    }
    pieces.add(new QueryPiece.Text(text(textFrom, tokens.get(end - 1).getStopIndex())));
    Optional<AsOf> asOf = clause.isPresent() ? Optional.of(asOf(end)) : Optional.empty();
    return new Statement.Query(pieces, asOf);
  }

  /** A {@code SHOW}: what tells of the catalog can be asked of the past, settings cannot. */
  Statement readShow() {
    OptionalInt clause = asOfClause();
    if (clause.isEmpty()) {
      return SqlParser.ours(characters, tokens);
    }
    int end = clause.getAsInt();
    Statement present = SqlParser.ours(characters, ended(tokens.subList(0, end), tokens.get(end)));
    if (present instanceof Statement.ShowCreateCluster show) {
      return new Statement.ShowCreateCluster(show.name(), Optional.of(asOf(end)));
    }
    if (present instanceof Statement.ShowObjects show) {
      return new Statement.ShowObjects(show.kind(), show.filter(), Optional.of(asOf(end)));
    }
    return new Statement.Unsupported("AS OF with SHOW of a setting");
  }

  /** The tokens of a part, ended in the place of a token that follows. */
  private static List<Token> ended(List<Token> part, Token follower) {
    List<Token> all = new ArrayList<>(part);
    CommonToken end = new CommonToken(follower);
    end.setType(Token.EOF);
    all.add(end);
    return all;
  }

  private boolean is(int index, int type) {
    return tokens.get(index).getType() == type;
  }

  private String text(int from, int to) {
    return characters.getText(Interval.of(from, to));
  }

  private int closing(int open) {
    int depth = 0;
    for (int i = open; i < tokens.size() - 1; i++) {
      if (is(i, SqlLexer.LEFT_PARENTHESIS)) {
        depth++;
      } else if (is(i, SqlLexer.RIGHT_PARENTHESIS)) {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    throw SyntaxErrors.expected("right parenthesis", tokens.getLast());
  }

  private Statement show(int from, int close) {
    List<Token> inner = ended(tokens.subList(from, close), tokens.get(close));
    return switch (Beginning.of(inner)) {
      case Beginning.Unsupported unsupported -> new Statement.Unsupported(unsupported.what());
      case Beginning.Ours ignored -> SqlParser.ours(characters, inner);
      case Beginning.Query ignored -> throw new IllegalStateException("SHOW is no query");
      case Beginning.Explained ignored -> throw new IllegalStateException("SHOW explains nothing");
      case Beginning.NotExplained ignored ->
          throw new IllegalStateException("SHOW explains nothing");
    };
  }

  /** Where, outside of parentheses, {@code AS OF} begins that is no alias called so. */
  private OptionalInt asOfClause() {
    int depth = 0;
    for (int i = 0; i < tokens.size() - 1; i++) {
      switch (tokens.get(i).getType()) {
        case SqlLexer.LEFT_PARENTHESIS -> depth++;
        case SqlLexer.RIGHT_PARENTHESIS -> depth--;
        default -> {
          if (depth == 0 && i > 0 && isAsOf(i)) {
            return OptionalInt.of(i);
          }
        }
      }
    }
    return OptionalInt.empty();
  }

  private boolean isAsOf(int i) {
    return is(i, SqlLexer.AS)
        && is(i + 1, SqlLexer.OF)
        && i + 2 < tokens.size() - 1
        && !is(i + 2, SqlLexer.COMMA)
        && !AFTER_AN_ALIAS.contains(tokens.get(i + 2).getText().toUpperCase(Locale.ROOT));
  }

  private AsOf asOf(int clause) {
    int from = clause + 2;
    boolean atLeast = says(from, "AT") && says(from + 1, "LEAST");
    if (atLeast) {
      from += 2;
    }
    if (from >= tokens.size() - 1) {
      throw SyntaxErrors.expected("expression", tokens.getLast());
    }
    int start = tokens.get(from).getStartIndex();
    String expression = text(start, tokens.get(tokens.size() - 2).getStopIndex());
    return new AsOf(atLeast, expression, start);
  }

  private boolean says(int index, String word) {
    return tokens.get(index).getText().equalsIgnoreCase(word);
  }
}

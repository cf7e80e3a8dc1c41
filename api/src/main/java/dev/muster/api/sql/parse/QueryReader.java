package dev.muster.api.sql.parse;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.grammar.SqlLexer;
import dev.muster.api.sql.tree.QueryPiece;
import dev.muster.api.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;

/** Finds, in a query that is otherwise none of our business, each {@code (SHOW ..)}. */
final class QueryReader {
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
    int end = tokens.size() - 1;
    for (int i = 0; i < end; i++) {
      refuseAsOf(i);
      if (is(i, SqlLexer.LEFT_PARENTHESIS) && is(i + 1, SqlLexer.SHOW)) {
        int close = closing(i);
        pieces.add(new QueryPiece.Text(text(textFrom, tokens.get(i).getStopIndex())));
        pieces.add(new QueryPiece.Show(show(i + 1, close)));
        textFrom = tokens.get(close).getStartIndex();
        i = close - 1;
      }
    }
    pieces.add(new QueryPiece.Text(text(textFrom, tokens.get(end - 1).getStopIndex())));
    return new Statement.Query(pieces);
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
    List<Token> inner = new ArrayList<>(tokens.subList(from, close));
    CommonToken end = new CommonToken(tokens.get(close));
    end.setType(Token.EOF);
    inner.add(end);
    return switch (Beginning.of(inner)) {
      case Beginning.Unsupported unsupported -> new Statement.Unsupported(unsupported.what());
      case Beginning.Ours ignored -> SqlParser.ours(characters, inner);
      case Beginning.Query ignored -> throw new IllegalStateException("SHOW is no query");
      case Beginning.Explained ignored -> throw new IllegalStateException("SHOW explains nothing");
    };
  }

  /** The past comes with a later version; an alias named "of" must be quoted. */
  private void refuseAsOf(int i) {
    if (is(i, SqlLexer.AS) && is(i + 1, SqlLexer.OF)) {
      throw new SqlException(
          SqlMessage.error("0A000", "AS OF is not supported yet")
              .withPosition(tokens.get(i).getStartIndex() + 1));
    }
  }
}

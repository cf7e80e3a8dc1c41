package dev.muster.api.catalog.rewrite;

import dev.muster.api.catalog.rewrite.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A query's text, cut at those literals that may become parameters without changing what the query
 * means, how its columns are called or what types they have. Clients that write values into their
 * queries ask the same query again and again; this is how it is known to be the same.
 *
 * <p>Only what is surely harmless is taken: a string or a whole number that is compared with
 * something ({@code name = 'prod'}, {@code lower(name) LIKE 'p%'}) and after which the expression
 * ends. All other literals stay in the text, as do those whose value the planning needs: of LIMIT,
 * INTERVAL and casts, positions in ORDER BY and GROUP BY, arguments of functions.
 *
 * @param pieces of text, one more than literals
 * @param literals between them
 */
public record LiteralShape(List<String> pieces, List<Literal> literals) {
  private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", ">", "<=", ">=");
  private static final Set<String> MATCHES = Set.of("LIKE", "ILIKE");

  /** What may follow: it cannot continue the expression that the literal belongs to. */
  private static final Set<String> ENDS =
      Set.of(
          "AND",
          "OR",
          "GROUP",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "UNION",
          "EXCEPT",
          "INTERSECT",
          "HAVING",
          "WHERE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "JOIN",
          "LEFT",
          "RIGHT",
          "FULL",
          "INNER",
          "CROSS",
          "ON");

  public LiteralShape {
    pieces = List.copyOf(pieces);
    literals = List.copyOf(literals);
  }

  /**
   * A literal.
   *
   * @param value what it means; of a number, its digits
   * @param quoted whether it is a string
   */
  public record Literal(String value, boolean quoted) {}

  /** A text with parameters in it, and what they stand for. */
  public record Lifted(String sql, List<Literal> parameters) {
    public Lifted {
      parameters = List.copyOf(parameters);
    }
  }

  /** The shape of a text; empty where nothing in it may be lifted, or it has parameters already. */
  public static Optional<LiteralShape> of(String sql) {
    if (sql.indexOf('=') < 0 && sql.indexOf('\'') < 0) {
      return Optional.empty();
    }
    List<Token> tokens = SqlTokens.of(sql);
    List<String> pieces = new ArrayList<>();
    List<Literal> literals = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == SqlTokens.PARAMETER || token.kind() == '?') {
        return Optional.empty();
      }
      Optional<Literal> literal = literal(token, sql);
      if (literal.isPresent() && isCompared(tokens, i, sql) && endsExpression(tokens, i, sql)) {
        pieces.add(sql.substring(end, token.start()));
        literals.add(literal.get());
        end = token.end();
      }
    }
    pieces.add(sql.substring(end));
    return literals.isEmpty() ? Optional.empty() : Optional.of(new LiteralShape(pieces, literals));
  }

  /**
   * The text in which the literals at some places are parameters, each its own: one shared by
   * columns of two types would have to be of one.
   */
  public Lifted lift(Set<Integer> places) {
    List<Literal> parameters = new ArrayList<>();
    StringBuilder sql = new StringBuilder(pieces.getFirst());
    for (int i = 0; i < literals.size(); i++) {
      Literal literal = literals.get(i);
      if (places.contains(i)) {
        parameters.add(literal);
        sql.append('$').append(parameters.size());
      } else {
        sql.append(literal.quoted() ? quoted(literal.value()) : literal.value());
      }
      sql.append(pieces.get(i + 1));
    }
    return new Lifted(sql.toString(), parameters);
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static Optional<Literal> literal(Token token, String sql) {
    return switch (token.kind()) {
      case SqlTokens.TEXT -> text(token.text(sql));
      case SqlTokens.DIGITS -> Optional.of(new Literal(token.text(sql), false));
      default -> Optional.empty();
    };
  }

  private static Optional<Literal> text(String quoted) {
    return quoted.length() >= 2 && quoted.endsWith("'")
        ? Optional.of(
            new Literal(quoted.substring(1, quoted.length() - 1).replace("''", "'"), true))
        : Optional.empty();
  }

  /** Whether a comparison with a name or with something in parentheses stands before it. */
  private static boolean isCompared(List<Token> tokens, int index, String sql) {
    if (index < 2) {
      return false;
    }
    Token operator = tokens.get(index - 1);
    Token left = tokens.get(index - 2);
    String text = operator.text(sql);
    if (operator.kind() == SqlTokens.WORD) {
      return MATCHES.contains(text.toUpperCase(Locale.ROOT)) && isOperand(left);
    }
    return COMPARISONS.contains(text) && isOperand(left);
  }

  private static boolean isOperand(Token token) {
    return token.kind() == SqlTokens.WORD || token.kind() == ')';
  }

  private static boolean endsExpression(List<Token> tokens, int index, String sql) {
    if (index + 1 == tokens.size()) {
      return true;
    }
    Token next = tokens.get(index + 1);
    return switch (next.kind()) {
      case ')', ',', ';' -> true;
      case SqlTokens.WORD -> ENDS.contains(next.text(sql).toUpperCase(Locale.ROOT));
      default -> false;
    };
  }
}

package dev.muster.api.sql.parse;

import dev.muster.api.sql.grammar.SqlLexer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/** What a statement's first words make of it. */
sealed interface Beginning {
  /** The grammar parses it. */
  record Ours() implements Beginning {}

  /** The catalog's engine understands it. */
  record Query() implements Beginning {}

  /** A change is to be explained: what follows is the change. */
  record Explained() implements Beginning {}

  /** Something else is to be explained than a change. */
  record NotExplained(String what) implements Beginning {}

  /** Known, and not carried out. */
  record Unsupported(String what) implements Beginning {}

  /** Words that begin a statement which we know of and do not carry out. */
  Set<String> UNSUPPORTED =
      Set.of(
          "ANALYZE",
          "CALL",
          "CHECKPOINT",
          "CLOSE",
          "COPY",
          "DECLARE",
          "DELETE",
          "DO",
          "EXECUTE",
          "FETCH",
          "GRANT",
          "INSERT",
          "INSPECT",
          "LISTEN",
          "LOAD",
          "LOCK",
          "MERGE",
          "MOVE",
          "NOTIFY",
          "PREPARE",
          "RAISE",
          "REASSIGN",
          "REFRESH",
          "REINDEX",
          "RELEASE",
          "REVOKE",
          "SAVEPOINT",
          "SECURITY",
          "SUBSCRIBE",
          "TAIL",
          "TRUNCATE",
          "UNLISTEN",
          "UPDATE",
          "VACUUM",
          "VALIDATE");

  /**
   * After CREATE, ALTER, DROP, SHOW, COMMENT ON and SET: what we know of and do not carry out. The
   * value says how many words name it.
   */
  Map<String, Integer> UNSUPPORTED_OBJECTS =
      Map.ofEntries(
          Map.entry("COLUMN", 1),
          Map.entry("COLUMNS", 1),
          Map.entry("CONNECTION", 1),
          Map.entry("CONNECTIONS", 1),
          Map.entry("DATABASE", 1),
          Map.entry("DEFAULT", 2),
          Map.entry("EXTENSION", 1),
          Map.entry("FUNCTION", 1),
          Map.entry("GROUP", 1),
          Map.entry("INDEX", 1),
          Map.entry("INDEXES", 1),
          Map.entry("MATERIALIZED", 2),
          Map.entry("NETWORK", 2),
          Map.entry("OBJECTS", 1),
          Map.entry("OR", 3),
          Map.entry("OWNED", 1),
          Map.entry("PRIVILEGES", 1),
          Map.entry("ROLE", 1),
          Map.entry("SCHEMA", 1),
          Map.entry("SECRET", 1),
          Map.entry("SECRETS", 1),
          Map.entry("SEQUENCE", 1),
          Map.entry("SINK", 1),
          Map.entry("SINKS", 1),
          Map.entry("SOURCE", 1),
          Map.entry("SOURCES", 1),
          Map.entry("SUBSOURCES", 1),
          Map.entry("TABLE", 1),
          Map.entry("TABLES", 1),
          Map.entry("TEMP", 2),
          Map.entry("TEMPORARY", 2),
          Map.entry("TYPE", 1),
          Map.entry("TYPES", 1),
          Map.entry("UNIQUE", 2),
          Map.entry("USER", 1),
          Map.entry("VIEW", 1),
          Map.entry("VIEWS", 1));

  /** What begins a statement that changes no cluster. */
  Set<Integer> BEGINNINGS =
      Set.of(
          SqlLexer.ABORT,
          SqlLexer.BEGIN,
          SqlLexer.COMMIT,
          SqlLexer.DEALLOCATE,
          SqlLexer.DISCARD,
          SqlLexer.END,
          SqlLexer.RESET,
          SqlLexer.ROLLBACK,
          SqlLexer.SELECT,
          SqlLexer.SET,
          SqlLexer.SHOW,
          SqlLexer.START,
          SqlLexer.TABLE,
          SqlLexer.VALUES,
          SqlLexer.WITH);

  static Beginning of(List<Token> tokens) {
    Token first = tokens.getFirst();
    return switch (first.getType()) {
      case SqlLexer.SELECT, SqlLexer.WITH, SqlLexer.VALUES, SqlLexer.TABLE -> new Query();
      case SqlLexer.LEFT_PARENTHESIS -> new Query();
      case SqlLexer.CREATE, SqlLexer.ALTER, SqlLexer.DROP, SqlLexer.SHOW, SqlLexer.SET ->
          object(tokens, 1);
      case SqlLexer.COMMENT -> object(tokens, 2);
      case SqlLexer.DISCARD,
          SqlLexer.DEALLOCATE,
          SqlLexer.START,
          SqlLexer.BEGIN,
          SqlLexer.COMMIT,
          SqlLexer.END,
          SqlLexer.ABORT,
          SqlLexer.RESET ->
          new Ours();
      case SqlLexer.ROLLBACK ->
          tokens.size() > 2 && tokens.get(1).getType() == SqlLexer.TO
              ? new Unsupported("ROLLBACK TO SAVEPOINT")
              : new Ours();
      default -> isExplain(first) ? explained(tokens.get(1)) : statementWord(first);
    };
  }

  private static boolean isExplain(Token first) {
    return first.getText().equalsIgnoreCase("EXPLAIN");
  }

  /** Queries are the engine's business, and it does not explain itself. */
  private static Beginning explained(Token next) {
    return switch (next.getType()) {
      case SqlLexer.CREATE, SqlLexer.ALTER, SqlLexer.DROP, SqlLexer.COMMENT -> new Explained();
      case SqlLexer.LEFT_PARENTHESIS -> new NotExplained("(...)");
      default -> {
        String word = next.getText().toUpperCase(Locale.ROOT);
        if (isExplain(next) || UNSUPPORTED.contains(word) || BEGINNINGS.contains(next.getType())) {
          yield new NotExplained(word);
        }
        throw SyntaxErrors.expected("one of ALTER or COMMENT or CREATE or DROP", next);
      }
    };
  }

  private static Beginning statementWord(Token first) {
    String word = first.getText().toUpperCase(Locale.ROOT);
    if (UNSUPPORTED.contains(word)) {
      return new Unsupported(word);
    }
    throw SyntaxErrors.expected("a keyword at the beginning of a statement", first);
  }

  /** The statement's words up to {@code at} are a verb; what follows is what it is done to. */
  private static Beginning object(List<Token> tokens, int at) {
    if (at >= tokens.size() - 1) {
      return new Ours();
    }
    int verb = tokens.getFirst().getType();
    String object = tokens.get(at).getText().toUpperCase(Locale.ROOT);
    boolean ours =
        !UNSUPPORTED_OBJECTS.containsKey(object)
            || verb == SqlLexer.COMMENT && object.equals("ROLE")
            || verb == SqlLexer.DROP && object.equals("SCHEMA")
            || verb == SqlLexer.ALTER && isSchemaSwap(tokens, object)
            || verb == SqlLexer.SET && !object.equals("ROLE")
            || verb == SqlLexer.SHOW && object.equals("DATABASE") // a variable
            || verb == SqlLexer.SHOW && isCreateCluster(tokens);
    if (verb == SqlLexer.SHOW && object.equals("CREATE") && !isCreateCluster(tokens)) {
      return new Unsupported("SHOW CREATE");
    }
    if (ours) {
      return new Ours();
    }
    int words = at + UNSUPPORTED_OBJECTS.get(object);
    StringBuilder what = new StringBuilder();
    for (Token token : tokens.subList(0, Math.min(words, tokens.size() - 1))) {
      what.append(what.isEmpty() ? "" : " ").append(token.getText().toUpperCase(Locale.ROOT));
    }
    return new Unsupported(what.toString());
  }

  private static boolean isSchemaSwap(List<Token> tokens, String object) {
    return object.equals("SCHEMA")
        && tokens.stream().anyMatch(token -> token.getType() == SqlLexer.SWAP);
  }

  private static boolean isCreateCluster(List<Token> tokens) {
    return tokens.size() > 3
        && tokens.get(1).getType() == SqlLexer.CREATE
        && tokens.get(2).getType() == SqlLexer.CLUSTER;
  }
}

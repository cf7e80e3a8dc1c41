package dev.muster.api.catalog.rewrite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.catalog.relation.Feed;
import dev.muster.api.catalog.relation.Relations;
import dev.muster.api.catalog.rewrite.Rewritten.ContextValue;
import dev.muster.api.catalog.rewrite.Rewritten.Output;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.type.SqlType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Rewrites the parse tree of one statement. Not for several threads, nor for several statements.
 */
public final class Rewriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Relations relations;
  private final String database;
  private final List<Optional<SqlType>> parameterTypes;
  private final Set<Feed> feeds = EnumSet.noneOf(Feed.class);
  private final List<ContextValue> context = new ArrayList<>();
  private final Function<ContextValue, Optional<String>> fixed;
  private int userParameters;

  /**
   * @param database the name by which relations may be qualified further
   * @param parameterTypes declared by the client
   * @param fixed values of the context that are to be written into the query: where the engine must
   *     know them to tell what the query gives
   */
  public Rewriter(
      Relations relations,
      String database,
      List<Optional<SqlType>> parameterTypes,
      Function<ContextValue, Optional<String>> fixed) {
    this.fixed = fixed;
    this.relations = relations;
    this.database = database;
    this.parameterTypes = parameterTypes;
  }

  /**
   * Rewrites what the engine's parser gave.
   *
   * @param parsed the engine's {@code json_serialize_sql} of the statement
   * @throws SqlException where it did not parse, is no query, or names what is not there
   */
  public Rewritten rewrite(String parsed) {
    JsonNode root = read(parsed);
    if (root.path("error").asBoolean()) {
      throw parseError(root);
    }
    JsonNode statements = root.path("statements");
    if (statements.size() != 1) {
      throw SqlErrors.error(
          "42601",
          statements.isEmpty()
              ? "syntax error at end of input"
              : "cannot insert multiple commands into a prepared statement");
    }
    userParameters = countParameters(statements.path(0));
    JsonNode query = statements.path(0).path("node");
    List<Output> columns = new Queries(this).query(query, null, true);
    try {
      return new Rewritten(
          JSON.writeValueAsString(root),
          columns,
          userParameters,
          context,
          feeds,
          PointLookups.find(query, relations));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that was read cannot be written", e);
    }
  }

  private static JsonNode read(String parsed) {
    try {
      return JSON.readTree(parsed);
    } catch (JsonProcessingException e) {
      throw SqlErrors.error("54001", "the statement is nested too deeply");
    }
  }

  private static SqlException parseError(JsonNode root) {
    String text = root.path("error_message").asText();
    String state =
        switch (root.path("error_type").asText()) {
          case "parser" -> "42601";
          case "not implemented" -> "0A000";
          default -> "42601";
        };
    if (state.equals("0A000")) {
      return SqlErrors.notSupported("this statement");
    }
    SqlMessage message = SqlMessage.error(state, text.lines().findFirst().orElse("syntax error"));
    return root.has("position")
        ? SqlErrors.at(new SqlException(message), root.path("position").asLong())
        : new SqlException(message);
  }

  private static int countParameters(JsonNode node) {
    int highest = 0;
    if (node.path("class").asText().equals("PARAMETER")) {
      highest = parameterNumber(node);
    }
    for (JsonNode child : node) {
      highest = Math.max(highest, countParameters(child));
    }
    return highest;
  }

  static int parameterNumber(JsonNode parameter) {
    try {
      int number = Integer.parseInt(parameter.path("identifier").asText());
      if (number >= 1 && number <= 65535) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls to the error below: a name is no number either.
    }
    throw SqlErrors.error(
        "42P02", "there is no parameter $" + parameter.path("identifier").asText());
  }

  Relations relations() {
    return relations;
  }

  String database() {
    return database;
  }

  void needs(Set<Feed> needed) {
    feeds.addAll(needed);
  }

  Optional<SqlType> parameterType(int number) {
    return number <= parameterTypes.size() ? parameterTypes.get(number - 1) : Optional.empty();
  }

  /** A parameter after the user's own that holds a value of the context. */
  ObjectNode contextParameter(ContextValue value) {
    Optional<String> known = fixed.apply(value);
    if (known.isPresent()) {
      return Trees.text(known.get());
    }
    int index = context.indexOf(value);
    if (index < 0) {
      context.add(value);
      index = context.size() - 1;
    }
    return Trees.cast(Trees.parameter(userParameters + index + 1), "VARCHAR");
  }

  static void setAll(ArrayNode array, List<JsonNode> values) {
    array.removeAll();
    array.addAll(values);
  }
}

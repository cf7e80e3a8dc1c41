package dev.muster.api.catalog.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes {@code WHERE document->>'key' = 'value'} cheap. A value without a character that JSON
 * escapes stands in the document's text as it is: rows whose text does not have it need not be
 * parsed. What is asked for is asked all the same; the look at the text only comes before.
 *
 * <p>Of columns of relations alone, whose documents Muster has written: others might escape what
 * need not be.
 */
final class JsonFilters {
  /** Characters that every writer of JSON leaves as they are. */
  private static final Pattern PLAIN = Pattern.compile("[ !#-\\[\\]-~&&[^/]]+");

  /** The same question, asked of a parameter by the engine. */
  private static final String NOT_PLAIN = "^$|[^ !#-.0-\\[\\]-~]";

  private JsonFilters() {}

  /**
   * To the conditions of a query that all must hold, those are added that hold wherever they do.
   */
  static void add(ObjectNode select, Scope scope) {
    List<ObjectNode> looks = new ArrayList<>();
    collect(select.path("where_clause"), scope, looks);
    if (!looks.isEmpty()) {
      ObjectNode where = (ObjectNode) select.path("where_clause");
      looks.add(where);
      select.set("where_clause", Trees.conjunction("CONJUNCTION_AND", looks));
    }
  }

  private static void collect(JsonNode condition, Scope scope, List<ObjectNode> looks) {
    switch (condition.path("type").asText()) {
      case "CONJUNCTION_AND" ->
          condition.path("children").forEach(child -> collect(child, scope, looks));
      case "COMPARE_EQUAL" ->
          look(condition.path("left"), condition.path("right"), scope)
              .or(() -> look(condition.path("right"), condition.path("left"), scope))
              .ifPresent(looks::add);
      default -> {
        // Anything else says nothing of what a document has in it.
      }
    }
  }

  private static Optional<ObjectNode> look(JsonNode field, JsonNode value, Scope scope) {
    JsonNode document = field.path("arguments").path(0).path("expression");
    boolean known =
        field.path("function_name").asText().equals("->>")
            && document.path("class").asText().equals("COLUMN_REF")
            && isStored(document.path("column_names"), scope);
    return known ? contains(document, value) : Optional.empty();
  }

  private static boolean isStored(JsonNode names, Scope scope) {
    return switch (names.size()) {
      case 1 -> scope.isStored(null, names.path(0).asText(), SqlType.JSONB);
      case 2 -> scope.isStored(names.path(0).asText(), names.path(1).asText(), SqlType.JSONB);
      default -> false;
    };
  }

  private static Optional<ObjectNode> contains(JsonNode document, JsonNode value) {
    ObjectNode text = Trees.cast(document.deepCopy(), "VARCHAR");
    return switch (value.path("class").asText()) {
      case "CONSTANT" ->
          value.path("literal").path("kind").asText().equals("STRING")
                  && PLAIN.matcher(value.path("literal").path("text").asText()).matches()
              ? Optional.of(Trees.engineCall("contains", text, value.deepCopy()))
              : Optional.empty();
      case "CAST", "PARAMETER" ->
          isText(value)
              ? Optional.of(
                  Trees.conjunction(
                      "CONJUNCTION_OR",
                      List.of(
                          Trees.engineCall("contains", text, value.deepCopy()),
                          Trees.engineCall(
                              "regexp_matches", value.deepCopy(), Trees.text(NOT_PLAIN)))))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** A parameter that is a text, or one of no declared type, which becomes one. */
  private static boolean isText(JsonNode value) {
    return value.path("class").asText().equals("PARAMETER")
        || value.path("class").asText().equals("CAST")
            && value.path("type_expr").path("type_name").asText().equals("VARCHAR")
            && value.path("type_expr").path("children").isEmpty()
            && !value.path("try_cast").asBoolean()
            && value.path("child").path("class").asText().equals("PARAMETER");
  }
}

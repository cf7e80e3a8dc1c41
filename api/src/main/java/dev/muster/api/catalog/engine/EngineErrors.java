package dev.muster.api.catalog.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.api.catalog.rewrite.SqlErrors;
import dev.muster.api.error.SqlException;
import java.sql.SQLException;

/** Turns the engine's errors, which it is told to give as JSON, into PostgreSQL's. */
final class EngineErrors {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An error of our macros begins with its SQLSTATE and a bar. */
  private static final int STATE_LENGTH = 5;

  private EngineErrors() {}

  static RuntimeException translate(Throwable failure) {
    return switch (failure) {
      case SqlException known -> known;
      case SQLException engine -> ofEngine(engine);
      case RuntimeException defect -> defect;
      default -> new IllegalStateException("the catalog's engine failed", failure);
    };
  }

  private static SqlException ofEngine(SQLException failure) {
    String text = String.valueOf(failure.getMessage());
    JsonNode json = parse(text);
    String message = firstLine(json.path("exception_message").asText(text));
    if (message.length() > STATE_LENGTH && message.charAt(STATE_LENGTH) == '|') {
      return SqlErrors.error(
          message.substring(0, STATE_LENGTH), message.substring(STATE_LENGTH + 1));
    }
    return switch (json.path("exception_type").asText(prefix(text))) {
      case "Interrupt", "INTERRUPT" ->
          SqlErrors.error("57014", "canceling statement due to user request");
      case "Out of Memory" ->
          SqlErrors.error("53200", "the query needs more memory than the catalog may use");
      case "Binder", "Catalog" -> ofBinder(json, message);
      case "Parser" -> SqlErrors.error("42601", message);
      case "Conversion" -> SqlErrors.error("22P02", message);
      case "Out of Range" -> SqlErrors.error("22003", message);
      case "Divide by Zero" -> SqlErrors.error("22012", "division by zero");
      case "Invalid Input", "Invalid" -> SqlErrors.error("22023", message);
      case "Permission" -> SqlErrors.error("42501", message);
      case "Not implemented" -> SqlErrors.error("0A000", message);
      default -> SqlErrors.error("XX000", message);
    };
  }

  private static SqlException ofBinder(JsonNode json, String message) {
    return switch (json.path("error_subtype").asText()) {
      case "COLUMN_NOT_FOUND" -> SqlErrors.unknownColumn(json.path("name").asText());
      case "NO_MATCHING_FUNCTION" ->
          SqlErrors.error(
              "42883",
              "function "
                  + json.path("call").asText(json.path("name").asText())
                  + " does not exist");
      case "MISSING_ENTRY" -> SqlErrors.unknownFunction(json.path("name").asText());
      default -> ofBinderText(json, message);
    };
  }

  /** What the engine tells in its text alone. */
  private static SqlException ofBinderText(JsonNode json, String message) {
    if (message.contains("does not have a column named")) {
      String[] quoted = message.split("\"");
      return SqlErrors.unknownColumn(quoted[1] + "." + quoted[3]);
    }
    if (message.startsWith("Referenced table")) {
      return SqlErrors.error(
          "42P01", "missing FROM-clause entry for table \"" + message.split("\"")[1] + "\"");
    }
    if (message.startsWith("Ambiguous reference to column")) {
      return SqlErrors.error(
          "42702", "column reference \"" + message.split("\"")[1] + "\" is ambiguous");
    }
    if (message.contains("GROUP BY")) {
      return SqlErrors.error("42803", message);
    }
    return SqlErrors.error(json.has("call") ? "42883" : "42804", message);
  }

  private static JsonNode parse(String text) {
    int brace = text.indexOf('{');
    if (brace < 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(text.substring(brace));
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static String prefix(String text) {
    int end = text.indexOf(" Error");
    return end < 0 ? "" : text.substring(0, end);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }
}

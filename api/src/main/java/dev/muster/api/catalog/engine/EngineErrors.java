package dev.muster.api.catalog.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.api.catalog.rewrite.SqlErrors;
import dev.muster.api.catalog.rewrite.TypeNames;
import dev.muster.api.error.SqlException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the engine's errors, which it is told to give as JSON, into PostgreSQL's. */
final class EngineErrors {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An error of our macros has its SQLSTATE and a bar before it. */
  private static final Pattern OURS = Pattern.compile("\\b([0-9A-Z]{5})\\|(.*)");

  private static final String NO_FUNCTION =
      "No function matches the given name and argument types '";

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
    if (message.endsWith(ResultBound.EXCEEDED)) {
      return ResultBound.exceeded();
    }
    Matcher ours = OURS.matcher(message);
    if (ours.find()) {
      return SqlErrors.error(ours.group(1), ours.group(2));
    }
    if (message.startsWith("Division by zero")) {
      return SqlErrors.error("22012", "division by zero");
    }
    return switch (json.path("exception_type").asText(prefix(text))) {
      case "Interrupt", "INTERRUPT" -> SqlErrors.canceled();
      case "Out of Memory" ->
          SqlErrors.error("53200", "the query needs more memory than the catalog may use")
              .withHint(
                  "Let it join, sort or group fewer rows, or try again when others are done.");
      case "Binder", "Catalog" -> ofBinder(json, message);
      case "Parser" -> SqlErrors.error("42601", message);
      case "Conversion" -> ofConversion(message);
      case "Out of Range" -> SqlErrors.error("22003", message);
      case "Invalid Input", "Invalid" -> SqlErrors.error("22023", message);
      case "Permission" -> SqlErrors.error("42501", message);
      case "Not implemented" -> SqlErrors.error("0A000", message);
      default -> SqlErrors.error("XX000", message);
    };
  }

  private static SqlException ofConversion(String message) {
    if (message.contains("out of range")) {
      return SqlErrors.error("22003", "value out of range");
    }
    String[] quoted = message.split("'");
    return quoted.length >= 2 && message.startsWith("Could not convert string")
        ? SqlErrors.error("22P02", "invalid input syntax: \"" + quoted[1] + "\"")
        : SqlErrors.error("22P02", "a value could not be converted to the type asked for");
  }

  private static SqlException ofBinder(JsonNode json, String message) {
    return switch (json.path("error_subtype").asText()) {
      case "COLUMN_NOT_FOUND" -> SqlErrors.unknownColumn(json.path("name").asText());
      case "NO_MATCHING_FUNCTION" -> noMatchingFunction(json.path("call").asText());
      case "MISSING_ENTRY" -> SqlErrors.unknownFunction(json.path("name").asText());
      default -> ofBinderText(message);
    };
  }

  /** What the engine tells in its text alone. */
  private static SqlException ofBinderText(String message) {
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
    if (message.startsWith(NO_FUNCTION)) {
      return noMatchingFunction(message.substring(NO_FUNCTION.length(), message.lastIndexOf('\'')));
    }
    if (message.startsWith("Set operations")) {
      return SqlErrors.error(
          "42601", "each query of a set operation must have the same number of columns");
    }
    return SqlErrors.error("42804", message);
  }

  /**
   * @param call as in {@code lower(INTEGER_LITERAL, VARCHAR)}
   */
  private static SqlException noMatchingFunction(String call) {
    int parenthesis = call.indexOf('(');
    if (parenthesis < 0 || !call.endsWith(")")) {
      return SqlErrors.unknownFunction(call);
    }
    List<String> types = new ArrayList<>();
    for (String type : call.substring(parenthesis + 1, call.length() - 1).split(", ")) {
      types.add(displayed(type));
    }
    String name = call.substring(0, parenthesis);
    boolean operator = !Character.isLetter(name.charAt(0)) && types.size() == 2;
    return SqlErrors.error(
        "42883",
        operator
            ? "operator does not exist: " + types.getFirst() + " " + name + " " + types.getLast()
            : "function " + name + "(" + String.join(", ", types) + ") does not exist");
  }

  private static String displayed(String type) {
    return switch (type) {
      case "INTEGER_LITERAL" -> "integer";
      case "STRING_LITERAL", "UNKNOWN", "\"NULL\"" -> "unknown";
      default -> TypeNames.ofEngine(type).sqlName();
    };
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

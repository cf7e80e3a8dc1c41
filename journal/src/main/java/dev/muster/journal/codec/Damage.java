package dev.muster.journal.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.stream.Collectors;

/** What is wrong with a record's bytes, in words that do not ask for knowledge of the library. */
final class Damage {
  private Damage() {}

  static String describe(Exception damage) {
    return switch (damage) {
      case ValueInstantiationException refused when refused.getCause() != null ->
          place(refused) + ": " + firstLine(refused.getCause());
      case MismatchedInputException other -> place(other) + " is missing or of another kind";
      case JsonMappingException other -> place(other) + " cannot be understood";
      case JsonProcessingException ignored -> "it is not JSON";
      default -> firstLine(damage);
    };
  }

  private static String place(JsonMappingException damage) {
    String path =
        damage.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "what it holds" : "its \"" + path + "\"";
  }

  private static String firstLine(Throwable damage) {
    return damage.getMessage() == null
        ? damage.getClass().getSimpleName()
        : damage.getMessage().lines().findFirst().orElse("");
  }
}

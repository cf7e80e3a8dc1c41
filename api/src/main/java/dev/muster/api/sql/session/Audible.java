package dev.muster.api.sql.session;

import dev.muster.api.error.SqlMessage;
import java.util.Locale;
import java.util.function.Consumer;

/** Keeps from the client the messages that it did not want, by {@code client_min_messages}. */
final class Audible {
  private Audible() {}

  static Consumer<SqlMessage> only(SessionVariables variables, Consumer<SqlMessage> client) {
    return message -> {
      if (rank(message.severity()) >= rank(variables.valueOf("client_min_messages"))) {
        client.accept(message);
      }
    };
  }

  private static int rank(SqlMessage.Severity severity) {
    return switch (severity) {
      case DEBUG -> 0;
      case LOG -> 1;
      case NOTICE -> 2;
      case WARNING -> 3;
      case INFO, ERROR, FATAL -> 4; // INFO is always told
    };
  }

  private static int rank(String least) {
    return switch (least.toUpperCase(Locale.ROOT)) {
      case "LOG" -> 1;
      case "NOTICE" -> 2;
      case "WARNING" -> 3;
      case "ERROR" -> 4;
      default -> 0;
    };
  }
}

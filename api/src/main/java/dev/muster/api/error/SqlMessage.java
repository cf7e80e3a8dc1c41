package dev.muster.api.error;

import java.util.Optional;

/**
 * An error or a notice as PostgreSQL's protocol carries it, each part in its own field.
 *
 * @param sqlState five characters, see PostgreSQL's appendix A
 * @param position where in the statement's text, counted in characters from 1
 */
public record SqlMessage(
    Severity severity,
    String sqlState,
    String message,
    Optional<String> detail,
    Optional<String> hint,
    Optional<Integer> position) {
  /** What becomes of the statement, or of the connection. */
  public enum Severity {
    DEBUG,
    LOG,
    INFO,
    NOTICE,
    WARNING,
    ERROR,
    FATAL
  }

  public static SqlMessage error(String sqlState, String message) {
    return new SqlMessage(
        Severity.ERROR, sqlState, message, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public static SqlMessage notice(String sqlState, String message) {
    return new SqlMessage(
        Severity.NOTICE, sqlState, message, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public SqlMessage withDetail(String newDetail) {
    return new SqlMessage(severity, sqlState, message, Optional.of(newDetail), hint, position);
  }

  public SqlMessage withHint(String newHint) {
    return new SqlMessage(severity, sqlState, message, detail, Optional.of(newHint), position);
  }

  public SqlMessage withPosition(int newPosition) {
    return new SqlMessage(severity, sqlState, message, detail, hint, Optional.of(newPosition));
  }

  public SqlMessage withSeverity(Severity newSeverity) {
    return new SqlMessage(newSeverity, sqlState, message, detail, hint, position);
  }
}

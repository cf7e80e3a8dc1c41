package dev.muster.api.sql.session;

/** A statement's text as the journal keeps it: without {@link Secrets}, and not for ever long. */
final class StatementRecord {
  /** The journal keeps no more of a text. */
  static final int CHARACTERS_MAX = 4_096;

  private StatementRecord() {}

  static String of(String text) {
    String statement = Secrets.removed(text);
    if (statement.length() <= CHARACTERS_MAX) {
      return statement;
    }
    int end =
        Character.isHighSurrogate(statement.charAt(CHARACTERS_MAX - 1))
            ? CHARACTERS_MAX - 1
            : CHARACTERS_MAX;
    return statement.substring(0, end) + "…";
  }
}

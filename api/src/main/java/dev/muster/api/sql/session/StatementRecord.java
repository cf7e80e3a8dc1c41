package dev.muster.api.sql.session;

/**
 * A statement's text as the journal keeps it. Where a statement can carry a secret (a role's
 * password), this is where it is taken out; none can yet.
 */
final class StatementRecord {
  /** The journal keeps no more of a text. */
  static final int CHARACTERS_MAX = 4_096;

  private StatementRecord() {}

  static String of(String statement) {
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

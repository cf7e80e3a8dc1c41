package dev.muster.api.catalog.rewrite;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.journal.JournalErrors;

/** The mistakes that a query can make, each with its SQLSTATE. */
public final class SqlErrors {
  private static final String DAMAGE_HINT = "\"muster audit verify\" names the first bad event.";

  private SqlErrors() {}

  public static SqlException unknownRelation(String name) {
    return error("42P01", "unknown catalog item '" + name + "'");
  }

  public static SqlException unknownSchema(String name) {
    return error("3F000", "unknown schema '" + name + "'");
  }

  public static SqlException unknownDatabase(String name) {
    return error("3D000", "unknown database '" + name + "'");
  }

  public static SqlException unknownColumn(String name) {
    return error("42703", "column \"" + name + "\" does not exist");
  }

  public static SqlException unknownFunction(String name) {
    return error("42883", "function \"" + name + "\" does not exist");
  }

  public static SqlException unknownType(String name) {
    return error("42704", "type \"" + name + "\" does not exist");
  }

  public static SqlException notSupported(String what) {
    return error("0A000", what + " is not supported");
  }

  /** By whoever asked; a session that knows a better reason tells that instead. */
  public static SqlException canceled() {
    return error("57014", "canceling statement due to user request");
  }

  /** With what is wrong, in one line, where it is known. */
  public static SqlException journalUnreadable(RuntimeException failure) {
    SqlException error =
        JournalErrors.isDamage(failure)
            ? error("XX001", "the journal could not be read").withHint(DAMAGE_HINT)
            : error("58030", "the journal could not be read");
    return JournalErrors.describe(failure).map(error::withDetail).orElse(error);
  }

  public static SqlException error(String sqlState, String message) {
    return new SqlException(SqlMessage.error(sqlState, message));
  }

  /** With the place in the statement's text, counted from 0; a negative one is none. */
  public static SqlException at(SqlException error, long offset) {
    return offset < 0
        ? error
        : new SqlException(error.sqlMessage().withPosition(Math.toIntExact(offset + 1)));
  }
}

package dev.muster.journal.sqlite;

import dev.muster.journal.codec.JournalFormatException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in one line, for an operator or a user, what is wrong with the journal. */
public final class JournalErrors {
  private JournalErrors() {}

  /**
   * What a failure means, found among its causes; empty where it has nothing to do with the
   * journal.
   */
  public static Optional<String> describe(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case JournalFormatException format -> {
          return Optional.of(format.getMessage());
        }
        case JournalUnusableException unusable -> {
          return Optional.of(unusable.getMessage());
        }
        case SQLiteException sqlite -> {
          return Optional.of(describe(sqlite));
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  private static String describe(SQLiteException failure) {
    SQLiteErrorCode code = failure.getResultCode();
    // An extended code carries its primary code in the low byte.
    return switch (code.code & 0xff) {
      case 13 ->
          "the journal's disk is full: nothing can be changed until there is space again; what was"
              + " acknowledged is safe";
      case 8, 3 ->
          "the journal's file cannot be written: check that the file and its directory belong to"
              + " Muster and that the disk is not mounted read-only";
      case 10 ->
          "the disk failed to read or write the journal (%s): check the disk"
              .formatted(code.name());
      case 11 ->
          "the journal's file is damaged (%s): restore it from a backup".formatted(code.name());
      case 26 ->
          "the journal's file is not a SQLite database: choose another data directory, or restore"
              + " the file from a backup";
      case 14 ->
          "the journal's file cannot be opened: check that its directory exists and belongs to"
              + " Muster";
      case 5, 6 -> "the journal's file is locked by another program: stop what else writes to it";
      default -> "the journal failed: " + failure.getMessage();
    };
  }
}

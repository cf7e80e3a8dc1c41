package dev.muster.journal.sqlite;

import dev.muster.journal.JournalFailure;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in one line what is wrong with the journal's file. */
public final class SqliteErrors {
  /** Of a full disk or database. */
  private static final int FULL = 13;

  private SqliteErrors() {}

  /** What became of a write that failed so; empty where that is nothing special. */
  public static Optional<JournalFailure> kind(SQLiteException failure) {
    return isRolledBack(failure) || code(failure) == FULL
        ? Optional.of(JournalFailure.DISK_FULL)
        : Optional.empty();
  }

  /**
   * Where the disk is full at the commit itself, SQLite rolls back on its own, and what follows in
   * the driver hides the reason.
   */
  private static boolean isRolledBack(SQLiteException failure) {
    return String.valueOf(failure.getMessage()).contains("no transaction is active");
  }

  /** The primary one: an extended one carries it in its low byte. */
  private static int code(SQLiteException failure) {
    return failure.getResultCode().code & 0xff;
  }

  public static String line(SQLiteException failure) {
    if (isRolledBack(failure)) {
      return "the journal could not be written, most likely because its disk is full: nothing can"
          + " be changed until there is space again; what was acknowledged is safe";
    }
    SQLiteErrorCode code = failure.getResultCode();
    return switch (code(failure)) {
      case FULL ->
          "the journal's disk is full: nothing can be changed until there is space again; what was"
              + " acknowledged is safe";
      case 8, 3 ->
          "the journal's file cannot be written: check that it belongs to Muster and that its disk"
              + " is not mounted read-only";
      case 10 ->
          "the disk failed to read or write the journal (%s): check the disk"
              .formatted(code.name());
      case 11 ->
          "the journal's file is damaged (%s): restore it from a backup".formatted(code.name());
      case 26 ->
          "the journal's file is not a SQLite database: choose another data directory, or restore"
              + " it from a backup";
      case 14 ->
          "the journal's file cannot be opened: check that its directory exists and belongs to"
              + " Muster";
      case 5, 6 -> "the journal's file is locked by another program: stop what else writes to it";
      default -> "the journal failed: " + failure.getMessage();
    };
  }
}

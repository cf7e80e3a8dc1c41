package dev.muster.journal.sqlite;

import com.datastax.oss.driver.api.core.DriverException;
import dev.muster.journal.JournalFailure;
import dev.muster.journal.cassandra.CassandraErrors;
import dev.muster.journal.codec.JournalFormatException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.pattern.CircuitBreakerOpenException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in one line, for an operator or a user, what is wrong with the journal. */
public final class JournalErrors {
  private static final Pattern ENTITY =
      Pattern.compile("(?i)persistenceId \\[?((?:cluster|environment)\\|[a-z0-9]+)");

  /** SQLite's code of a full disk or database. */
  private static final int FULL = 13;

  private JournalErrors() {}

  /**
   * What a failure means, found among its causes; empty where it has nothing to do with the
   * journal.
   */
  public static Optional<String> describe(Throwable failure) {
    return causes(failure)
        .flatMap(cause -> line(cause).stream())
        .findFirst()
        .map(line -> line + where(failure));
  }

  /** What became of a write that failed so. */
  public static JournalFailure kind(Throwable failure) {
    return causes(failure)
        .flatMap(cause -> kindOf(cause).stream())
        .findFirst()
        .orElse(JournalFailure.REFUSED);
  }

  private static Optional<JournalFailure> kindOf(Throwable cause) {
    return Optional.ofNullable(
        switch (cause) {
          case SQLiteException sqlite when isOfAFullDisk(sqlite) -> JournalFailure.DISK_FULL;
          case DriverException driver -> CassandraErrors.kind(driver);
          case CircuitBreakerOpenException ignored -> JournalFailure.UNREACHABLE;
          case TimeoutException timeout when isOfTheBreaker(timeout) -> JournalFailure.UNCONFIRMED;
          default -> null;
        });
  }

  /**
   * Where the disk is full at the commit itself, SQLite rolls back on its own, and what follows in
   * the driver hides the reason.
   */
  private static boolean isOfAFullDisk(SQLiteException failure) {
    return isRolledBack(failure) || (failure.getResultCode().code & 0xff) == FULL;
  }

  private static boolean isRolledBack(SQLiteException failure) {
    return String.valueOf(failure.getMessage()).contains("no transaction is active");
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }

  private static Optional<String> line(Throwable cause) {
    return Optional.ofNullable(
        switch (cause) {
          case JournalFormatException format -> format.getMessage();
          case JournalUnusableException unusable -> unusable.getMessage();
          case SQLiteException sqlite -> line(sqlite);
          case SQLException other when other.getCause() == null ->
              "the journal failed: " + other.getMessage();
          case DriverException driver -> CassandraErrors.line(driver);
          case CircuitBreakerOpenException ignored ->
              "the journal has not answered again and again, and is left alone for a moment";
          case TimeoutException timeout when isOfTheBreaker(timeout) ->
              "the journal did not answer in time: check whether its disk is overloaded or hangs";
          default -> null;
        });
  }

  /** Pekko gives the breaker's time-out no type of its own that could be named here. */
  private static boolean isOfTheBreaker(TimeoutException timeout) {
    return String.valueOf(timeout.getMessage()).contains("Circuit Breaker");
  }

  /** The journal's plugin tells only Pekko whose record it was, and Pekko only by its text. */
  private static String where(Throwable failure) {
    return causes(failure)
        .map(cause -> ENTITY.matcher(String.valueOf(cause.getMessage())))
        .filter(Matcher::find)
        .findFirst()
        .map(matcher -> " (in the journal of " + matcher.group(1) + ")")
        .orElse("");
  }

  private static String line(SQLiteException failure) {
    if (isRolledBack(failure)) {
      return "the journal could not be written, most likely because its disk is full: nothing can"
          + " be changed until there is space again; what was acknowledged is safe";
    }
    SQLiteErrorCode code = failure.getResultCode();
    // The primary code: an extended one carries it in its low byte.
    return switch (code.code & 0xff) {
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

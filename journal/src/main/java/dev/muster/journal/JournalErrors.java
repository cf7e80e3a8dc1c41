package dev.muster.journal;

import com.datastax.oss.driver.api.core.DriverException;
import dev.muster.journal.cassandra.CassandraErrors;
import dev.muster.journal.cassandra.NotOursException;
import dev.muster.journal.codec.JournalFormatException;
import dev.muster.journal.sqlite.SqliteErrors;
import dev.muster.journal.state.ImpossibleEventException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.pattern.CircuitBreakerOpenException;
import org.sqlite.SQLiteException;

/**
 * Says in one line, for an operator or a user, what is wrong with the journal, whichever it is on.
 */
public final class JournalErrors {
  private static final Pattern ENTITY =
      Pattern.compile("(?i)persistenceId \\[?((?:cluster|environment)\\|[a-z0-9]+)");

  /** What Cassandra's plugin says of a gap, for recoveries and readings alike. */
  private static final Pattern GAP =
      Pattern.compile(
          "Sequence number \\[(\\d+)] still missing after .*\\[(\\d+)] for persistenceId"
              + " \\[([^]]+)]");

  private JournalErrors() {}

  /**
   * What a failure means, found among its causes; empty where it has nothing to do with the
   * journal.
   */
  public static Optional<String> describe(Throwable failure) {
    return causes(failure)
        .flatMap(cause -> line(cause).stream())
        .findFirst()
        .map(line -> named(line, failure));
  }

  /** What became of a write that failed so. */
  public static JournalFailure kind(Throwable failure) {
    return causes(failure)
        .flatMap(cause -> kindOf(cause).stream())
        .findFirst()
        .orElse(JournalFailure.REFUSED);
  }

  /** Whether what is stored is to blame, so that reading it again does not help. */
  public static boolean isDamage(Throwable failure) {
    return causes(failure)
        .anyMatch(
            cause ->
                cause instanceof JournalFormatException
                    || cause instanceof JournalUnusableException
                    || cause instanceof ImpossibleEventException
                    || gap(String.valueOf(cause.getMessage())).isPresent());
  }

  private static Optional<JournalFailure> kindOf(Throwable cause) {
    return switch (cause) {
      case SQLiteException sqlite -> SqliteErrors.kind(sqlite);
      case DriverException driver -> Optional.of(CassandraErrors.kind(driver));
      case NotOursException notOurs -> Optional.of(notOurs.kind());
      case CircuitBreakerOpenException ignored -> Optional.of(JournalFailure.UNREACHABLE);
      case TimeoutException timeout when isOfTheBreaker(timeout) ->
          Optional.of(JournalFailure.UNCONFIRMED);
      default -> Optional.empty();
    };
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }

  private static Optional<String> line(Throwable cause) {
    return switch (cause) {
      case JournalFormatException format -> Optional.of(format.getMessage());
      case JournalUnusableException unusable -> Optional.of(unusable.getMessage());
      case ImpossibleEventException impossible -> Optional.of(impossible.getMessage());
      case SQLiteException sqlite -> Optional.of(SqliteErrors.line(sqlite));
      case SQLException other when other.getCause() == null ->
          Optional.of("the journal failed: " + other.getMessage());
      case DriverException driver -> Optional.of(CassandraErrors.line(driver));
      case NotOursException notOurs -> Optional.of(notOurs.getMessage());
      case CircuitBreakerOpenException ignored ->
          Optional.of(
              "the journal has not answered again and again, and is left alone for a moment");
      case TimeoutException timeout when isOfTheBreaker(timeout) ->
          Optional.of(
              "the journal did not answer in time: check whether its disk is overloaded or hangs");
      case IllegalStateException other -> gap(String.valueOf(other.getMessage()));
      default -> Optional.empty();
    };
  }

  /** The plugin has no type of its own for it. */
  private static Optional<String> gap(String message) {
    Matcher gap = GAP.matcher(message);
    if (!gap.find()) {
      return Optional.empty();
    }
    long missing = Long.parseLong(gap.group(1));
    long next = Long.parseLong(gap.group(2));
    return Optional.of(
        JournalUnusableException.missing(gap.group(3), missing, Math.max(missing, next - 1))
            .getMessage());
  }

  /** Pekko gives the breaker's time-out no type of its own that could be named here. */
  private static boolean isOfTheBreaker(TimeoutException timeout) {
    return String.valueOf(timeout.getMessage()).contains("Circuit Breaker");
  }

  /** The journal's plugin tells only Pekko whose record it was, and Pekko only by its text. */
  private static String named(String line, Throwable failure) {
    return causes(failure)
        .map(cause -> ENTITY.matcher(String.valueOf(cause.getMessage())))
        .filter(Matcher::find)
        .findFirst()
        .map(matcher -> matcher.group(1))
        .filter(entity -> !line.contains(entity))
        .map(entity -> line + " (in the journal of " + entity + ")")
        .orElse(line);
  }
}

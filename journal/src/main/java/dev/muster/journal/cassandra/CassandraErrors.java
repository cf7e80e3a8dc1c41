package dev.muster.journal.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import dev.muster.journal.JournalFailure;

/** Says in one line what is wrong with Cassandra. */
public final class CassandraErrors {
  private CassandraErrors() {}

  /** What became of a write that failed so. */
  public static JournalFailure kind(DriverException failure) {
    return switch (failure) {
      case UnavailableException ignored -> JournalFailure.UNREACHABLE;
      case AllNodesFailedException ignored -> JournalFailure.UNREACHABLE;
      case WriteTimeoutException ignored -> JournalFailure.UNCONFIRMED;
      case WriteFailureException ignored -> JournalFailure.UNCONFIRMED;
      case DriverTimeoutException ignored -> JournalFailure.UNCONFIRMED;
      default -> JournalFailure.REFUSED;
    };
  }

  public static String line(DriverException failure) {
    return switch (failure) {
      case UnavailableException few ->
          "too few copies of the journal can be reached in Cassandra (%d of %d): check its nodes"
              .formatted(few.getAlive(), few.getRequired());
      case WriteTimeoutException ignored ->
          "Cassandra did not confirm a write to the journal in time: check whether it is"
              + " overloaded";
      case WriteFailureException ignored ->
          "a copy of the journal in Cassandra failed, and did not confirm a write in time: check"
              + " its nodes";
      case DriverTimeoutException ignored ->
          "Cassandra, which keeps the journal, did not answer in time: check whether it is"
              + " overloaded or hangs";
      case AllNodesFailedException ignored ->
          "Cassandra, which keeps the journal, cannot be reached: check that it runs, and the"
              + " network to it";
      default -> "Cassandra, which keeps the journal, failed: " + failure.getMessage();
    };
  }
}

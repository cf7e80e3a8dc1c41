package dev.muster.journal.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;

/** Says in one line what is wrong with Cassandra. */
public final class CassandraErrors {
  private CassandraErrors() {}

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

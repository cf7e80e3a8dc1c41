package dev.muster.deploy.system;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A client's connection to whichever node lets it in, made anew when it breaks. */
final class HistoryConnection implements AutoCloseable {
  private static final Duration BEFORE_NEXT_NODE = Duration.ofMillis(50);

  private static final Duration BEFORE_NEXT_QUESTION = Duration.ofMillis(200);

  /** As README has it: of this class what was not done; what is not known is of class 08. */
  private static final String NOT_DONE = "57P03";

  private final NetworkedNodes nodes;
  private final int home;
  private final Tally tally;
  private Connection connection;
  private int failures;

  /** What came back, with times of {@link System#nanoTime}. */
  sealed interface Answer {
    record Rows(List<String> rows, long askedNanos, long answeredNanos) implements Answer {}

    /** It may have been carried out, or will be. */
    record Unheard(long askedNanos) implements Answer {}

    /** It was said that it was not carried out, and may be tried again. */
    record NotDone() implements Answer {}

    /** It was refused for what it says. */
    record No(SQLException why, long askedNanos, long answeredNanos) implements Answer {}
  }

  HistoryConnection(NetworkedNodes nodes, int home, Tally tally) {
    this.nodes = nodes;
    this.home = home;
    this.tally = tally;
  }

  Answer ask(String statement) {
    connect();
    long askedNanos = System.nanoTime();
    try {
      List<String> rows = RunningMuster.sql(connection, statement);
      tally.answered();
      return new Answer.Rows(rows, askedNanos, System.nanoTime());
    } catch (SQLException failure) {
      if (!isOfTheSystem(failure)) {
        tally.answered();
        return new Answer.No(failure, askedNanos, System.nanoTime());
      }
      tally.unanswered(failure);
      // Another node may know better, in a moment.
      close();
      LockSupport.parkNanos(BEFORE_NEXT_QUESTION.toNanos());
      return NOT_DONE.equals(failure.getSQLState())
          ? new Answer.NotDone()
          : new Answer.Unheard(askedNanos);
    }
  }

  private static boolean isOfTheSystem(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || state.startsWith("57");
  }

  private void connect() {
    while (connection == null) {
      try {
        connection = nodes.connect((home + failures) % nodes.count());
      } catch (SQLException notThere) {
        failures++;
        LockSupport.parkNanos(BEFORE_NEXT_NODE.toNanos());
      }
    }
  }

  @Override
  public void close() {
    failures = 0;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException brokenAnyway) {
        // It is of no use any more.
      }
      connection = null;
    }
  }
}

package dev.muster.api.pgwire.conversation;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.error.SqlMessage.Severity;
import dev.muster.api.session.SqlSession;

/**
 * What others may do to a conversation, from any thread: cancel its running statement, or stop it
 * because the server stops.
 *
 * <p>As in PostgreSQL, a cancellation that comes while nothing runs has no effect, and one that
 * comes too late may hit the next statement.
 */
public final class Interruption {
  private volatile SqlSession running;
  private volatile boolean cancelled;
  private volatile boolean stopping;

  /** Cancels the running statement, if one runs. */
  public void cancel() {
    SqlSession session = running;
    if (session != null) {
      cancelled = true;
      session.cancel();
    }
  }

  /** Ends the conversation: the running statement is cancelled, and no other is begun. */
  public void stop() {
    stopping = true;
    cancel();
  }

  public boolean stopping() {
    return stopping;
  }

  void begin(SqlSession session) {
    cancelled = false;
    running = session;
    failWhereStopping();
  }

  void end() {
    running = null;
  }

  /** Called between two rows: fails where somebody wants the statement to end. */
  void check() {
    failWhereStopping();
    if (cancelled) {
      throw new SqlException(SqlMessage.error("57014", "canceling statement due to user request"));
    }
  }

  void failWhereStopping() {
    if (stopping) {
      throw new SqlException(stopMessage());
    }
  }

  /**
   * Where the server stops, that is what a client is told of its cancelled statement, and what the
   * cancellation leaves behind.
   */
  void failWhereStopping(SqlMessage cancelled) {
    if (stopping) {
      SqlMessage stop = stopMessage();
      throw new SqlException(cancelled.detail().map(stop::withDetail).orElse(stop));
    }
  }

  /** What a client is told when the server stops. */
  public static SqlMessage stopMessage() {
    return SqlMessage.error("57P01", "terminating connection due to administrator command")
        .withSeverity(Severity.FATAL);
  }
}

package dev.muster.api.pgwire.conversation;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.error.SqlMessage.Severity;
import dev.muster.api.pgwire.frame.BackendMessages;
import dev.muster.api.pgwire.frame.ConnectionLostException;
import dev.muster.api.pgwire.frame.Frame;
import dev.muster.api.pgwire.frame.FrameReader;
import dev.muster.api.pgwire.frame.FrontendMessage;
import dev.muster.api.pgwire.frame.ProtocolViolationException;
import dev.muster.api.session.SqlSession;
import dev.muster.api.session.SqlSession.TransactionStatus;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's messages, from the first ReadyForQuery to the goodbye.
 *
 * <p>What a statement throws is reported, and the conversation goes on: after a simple query at
 * once, in the extended protocol once everything up to the next Sync has been skipped. Only a
 * message of severity FATAL, bytes that are no messages, and the server's stop end it.
 */
public final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final String TIME_ZONE = "TimeZone";

  private final SqlSession session;
  private final FrameReader in;
  private final BackendMessages out;
  private final Interruption interruption;
  private final ResultWriter results;
  private final SimpleQuery simple;
  private final ExtendedQuery extended;
  private boolean failed;
  private boolean skippingToSync;

  public Conversation(
      SqlSession session, FrameReader in, BackendMessages out, Interruption interruption) {
    this.session = session;
    this.in = in;
    this.out = out;
    this.interruption = interruption;
    this.results = new ResultWriter(out, interruption);
    this.simple = new SimpleQuery(session, out, results);
    this.extended = new ExtendedQuery(session, out, results);
  }

  /**
   * Tells the parameters and the key, and serves until the client goes.
   *
   * @throws SqlException of severity FATAL, which the caller tells the client
   * @throws ProtocolViolationException which the caller tells the client
   */
  public void run(int processId, int secretKey) throws IOException {
    tell(session.reportedParameters());
    out.backendKeyData(processId, secretKey);
    sayReady();
    try {
      boolean going = true;
      while (going) {
        Optional<Frame> frame = in.next();
        interruption.failWhereStopping();
        going = frame.isPresent() && take(frame.get());
      }
    } finally {
      extended.closePortals();
    }
  }

  /**
   * @return false where the client says goodbye
   */
  private boolean take(Frame frame) {
    if (skippingToSync && frame.type() != 'S' && frame.type() != 'X') {
      return true;
    }
    interruption.begin(session);
    try {
      return answer(FrontendMessage.of(frame));
    } catch (SqlException e) {
      fail(frame, e.sqlMessage());
    } catch (ConnectionLostException | ProtocolViolationException e) {
      throw e;
    } catch (StackOverflowError e) {
      fail(
          frame,
          SqlMessage.error("54001", "stack depth limit exceeded")
              .withHint("The statement is nested too deeply."));
    } catch (RuntimeException e) {
      LOG.error("A statement failed in a way that it should not", e);
      fail(frame, SqlMessage.error("XX000", "internal error; see the server's log"));
    } finally {
      interruption.end();
    }
    return true;
  }

  private boolean answer(FrontendMessage message) {
    switch (message) {
      case FrontendMessage.Query query -> {
        extended.closeUnnamed();
        simple.run(query.text());
        endOfMessage();
      }
      case FrontendMessage.Parse parse -> extended.parse(parse);
      case FrontendMessage.Bind bind -> extended.bind(bind);
      case FrontendMessage.Describe describe -> extended.describe(describe);
      case FrontendMessage.Execute execute -> extended.execute(execute);
      case FrontendMessage.Close close -> extended.close(close);
      case FrontendMessage.Flush flush -> out.flush();
      case FrontendMessage.Sync sync -> endOfMessage();
      case FrontendMessage.FunctionCall call ->
          throw new SqlException(
              SqlMessage.error("0A000", "function calls by message are not supported")
                  .withHint("Call the function in a SELECT."));
      case FrontendMessage.CopyMessage copy -> {}
      case FrontendMessage.Terminate terminate -> {
        return false;
      }
    }
    return true;
  }

  private void fail(Frame frame, SqlMessage report) {
    if (report.severity() == Severity.FATAL) {
      throw new SqlException(report);
    }
    interruption.failWhereStopping(report);
    out.report(report.severity() == Severity.ERROR ? report : report.withSeverity(Severity.ERROR));
    failed = true;
    extended.closePortals();
    switch (frame.type()) {
      case 'Q', 'F', 'S' -> endOfMessage();
      default -> {
        skippingToSync = true;
        out.flush();
      }
    }
  }

  /** What was done stands or was undone; then the client may speak again. */
  private void endOfMessage() {
    boolean wasFailed = failed;
    failed = false;
    skippingToSync = false;
    try {
      session.endOfMessage(wasFailed);
    } catch (SqlException e) {
      out.report(e.sqlMessage());
    } catch (RuntimeException e) {
      LOG.error("A message could not be ended", e);
      out.report(SqlMessage.error("XX000", "internal error; see the server's log"));
    }
    if (session.transactionStatus() != TransactionStatus.IN_TRANSACTION) {
      extended.closePortals();
    }
    sayReady();
  }

  private void sayReady() {
    tell(session.takeChangedParameters());
    out.readyForQuery(session.transactionStatus().code());
    out.flush();
  }

  private void tell(Map<String, String> parameters) {
    parameters.forEach(out::parameterStatus);
    if (parameters.containsKey(TIME_ZONE)) {
      results.zone(parameters.get(TIME_ZONE));
    }
  }
}

package dev.muster.api.pgwire;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.error.SqlMessage.Severity;
import dev.muster.api.pgwire.conversation.Conversation;
import dev.muster.api.pgwire.conversation.Interruption;
import dev.muster.api.pgwire.frame.BackendMessages;
import dev.muster.api.pgwire.frame.ConnectionLostException;
import dev.muster.api.pgwire.frame.Frame;
import dev.muster.api.pgwire.frame.FrameReader;
import dev.muster.api.pgwire.frame.OutputBuffer;
import dev.muster.api.pgwire.frame.ProtocolViolationException;
import dev.muster.api.pgwire.startup.StartupPacket;
import dev.muster.api.session.SessionRequest;
import dev.muster.api.session.SqlSession;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection, on a virtual thread of its own, from its first byte to its last.
 *
 * <pre>
 *   client                                server
 *     | SSLRequest, GSSENCRequest ---------> |  each may be asked for once
 *     | <---------------------------------'N'|  (no encryption yet)
 *     | StartupMessage --------------------> |  or CancelRequest: done, no answer
 *     | <----------- NegotiateProtocolVersion|  asked for more than 3.0
 *     | <------------------ AuthenticationOk |  startup.Authentication
 *     | <---------------- ParameterStatus... |
 *     | <-------------------- BackendKeyData |
 *     | <--------------------- ReadyForQuery |  from here on conversation.Conversation
 *     |                                      |
 *     | Query -----------------------------> |  any number of statements
 *     | <--------- NoticeResponse, at once   |
 *     | <- RowDescription, DataRow...,       |  each statement's result:
 *     |    CommandComplete                   |    rows, or the tag alone,
 *     |    (EmptyQueryResponse)              |    or that there was none;
 *     |    (ErrorResponse)                   |    an error ends the message
 *     | <--- ParameterStatus..., ReadyForQuery
 *     |                                      |
 *     | Parse, Bind, Describe, Execute,      |  in any order, pipelined;
 *     | Close, Flush ----------------------> |  an error skips to Sync
 *     | <- ParseComplete, BindComplete,      |
 *     |    ParameterDescription,             |
 *     |    RowDescription or NoData,         |
 *     |    DataRow..., CommandComplete or    |
 *     |    PortalSuspended, CloseComplete    |
 *     | Sync ------------------------------> |
 *     | <--- ParameterStatus..., ReadyForQuery
 *     |                                      |
 *     | Terminate -------------------------> |  or the end of the bytes
 * </pre>
 *
 * <p>Whatever the client sends, only this connection suffers: it is told why in a FATAL
 * ErrorResponse, and closed.
 */
final class Connection implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final Duration FAREWELL_TIMEOUT = Duration.ofSeconds(1);

  private final PgWireServer server;
  private final Socket socket;
  private final Interruption interruption = new Interruption();
  private final SocketInput input;
  private final FrameReader in;
  private final BackendMessages out;

  Connection(PgWireServer server, Socket socket) throws IOException {
    this.server = server;
    this.socket = socket;
    this.input = new SocketInput(socket);
    this.in = new FrameReader(input, server.settings().maxMessageBytes());
    this.out = new BackendMessages(new OutputBuffer(socket.getOutputStream()));
  }

  @Override
  public void run() {
    try (socket) {
      serve().ifPresent(this::farewell);
    } catch (IOException | ConnectionLostException e) {
      LOG.debug("A client went without a goodbye: {}", e.toString());
    }
  }

  /** The server stops: say so and go, as soon as the running statement lets us. */
  void stop() {
    interruption.stop();
    try {
      socket.shutdownInput(); // wakes a reader, which then finds that it is to stop
    } catch (IOException e) {
      LOG.debug("Already closed: {}", e.toString());
    }
  }

  /** Ends it without a word, whatever it is doing. */
  void abort() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("Already closed: {}", e.toString());
    }
  }

  /**
   * @return why the connection must end, if it is not the client's own wish
   */
  private Optional<SqlMessage> serve() throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      input.limit(server.settings().startupTimeout());
      Optional<StartupPacket.Session> wish = awaitSession();
      if (wish.isPresent()) {
        admit(wish.get());
      }
      return interruption.stopping() ? Optional.of(Interruption.stopMessage()) : Optional.empty();
    } catch (SqlException e) {
      return Optional.of(e.sqlMessage().withSeverity(Severity.FATAL));
    } catch (ProtocolViolationException e) {
      return Optional.of(
          interruption.stopping() ? Interruption.stopMessage() : fatal("08P01", e.getMessage()));
    } catch (SocketTimeoutException e) {
      return Optional.of(fatal("57014", "canceling authentication due to timeout"));
    } catch (ConnectionLostException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("A connection failed in a way that it should not", e);
      return Optional.of(fatal("XX000", "internal error; see the server's log"));
    }
  }

  /** Answers start-up packets until one asks for a session; empty where none will. */
  private Optional<StartupPacket.Session> awaitSession() throws IOException {
    Set<StartupPacket.Encryption.Kind> asked = EnumSet.noneOf(StartupPacket.Encryption.Kind.class);
    while (true) {
      Optional<Frame> frame = in.nextStartup();
      if (frame.isEmpty()) {
        return Optional.empty();
      }
      switch (StartupPacket.of(frame.get())) {
        case StartupPacket.Encryption encryption -> {
          if (!asked.add(encryption.kind())) {
            throw new ProtocolViolationException("encryption was asked for twice");
          }
          out.refuseEncryption();
        }
        case StartupPacket.Cancel cancel -> {
          server.cancelKeys().cancel(cancel.processId(), cancel.secretKey());
          return Optional.empty();
        }
        case StartupPacket.Session session -> {
          return Optional.of(session);
        }
      }
    }
  }

  private void admit(StartupPacket.Session wish) throws IOException {
    if (!server.places().tryAcquire()) {
      throw new SqlException(PgWireServer.tooManyClients());
    }
    try {
      if (wish.negotiate()) {
        out.negotiateProtocolVersion(StartupPacket.PROTOCOL_MINOR, wish.unknownOptions());
      }
      server.authentication().authenticate(wish.parameters(), in, out);
      input.unlimit();
      SessionRequest request =
          new SessionRequest(
              wish.parameters(), socket.getRemoteSocketAddress(), server.settings().internal());
      try (SqlSession session = server.sessions().open(request)) {
        converse(session);
      }
    } finally {
      server.places().release();
    }
  }

  private void converse(SqlSession session) throws IOException {
    CancelKeys.Key key = server.cancelKeys().register(interruption);
    try {
      new Conversation(session, in, out, interruption).run(key.processId(), key.secret());
    } finally {
      server.cancelKeys().forget(key);
    }
  }

  /**
   * Tells the client why, and takes what it still sends for a moment: closing a socket with unread
   * bytes would destroy what we said before the client could read it.
   */
  private void farewell(SqlMessage why) {
    try {
      out.report(why);
      out.flush();
      socket.shutdownOutput();
      input.limit(FAREWELL_TIMEOUT);
      byte[] ignored = new byte[4096];
      while (input.read(ignored, 0, ignored.length) >= 0) {}
    } catch (IOException e) {
      LOG.debug("The client did not wait for the end: {}", e.toString());
    }
  }

  private static SqlMessage fatal(String sqlState, String message) {
    return SqlMessage.error(sqlState, message).withSeverity(Severity.FATAL);
  }
}

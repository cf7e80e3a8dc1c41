package dev.muster.api.pgwire;

import dev.muster.api.error.SqlMessage;
import dev.muster.api.error.SqlMessage.Severity;
import dev.muster.api.pgwire.frame.BackendMessages;
import dev.muster.api.pgwire.frame.ConnectionLostException;
import dev.muster.api.pgwire.frame.OutputBuffer;
import dev.muster.api.pgwire.startup.Authentication;
import dev.muster.api.session.SqlSessions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A door for clients of PostgreSQL's protocol 3.0. Each client has a virtual thread. */
public final class PgWireServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PgWireServer.class);

  /** Connections beyond the sessions, that may be starting up or bring a cancel request. */
  private static final int STARTING_EXTRA = 200;

  private static final int BACKLOG = 1024;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ABORT_TIMEOUT = Duration.ofSeconds(1);
  private static final long PAUSE_AFTER_FAILED_ACCEPT_NANOS = 50_000_000;

  private final PgWireSettings settings;
  private final SqlSessions sessions;
  private final Authentication authentication = Authentication.trust();
  private final CancelKeys cancelKeys = new CancelKeys();
  private final Semaphore places;
  private final ServerSocket door;
  private final Map<Connection, Thread> connections = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private PgWireServer(PgWireSettings settings, SqlSessions sessions, ServerSocket door) {
    this.settings = settings;
    this.sessions = sessions;
    this.door = door;
    this.places = new Semaphore(settings.maxConnections());
  }

  /**
   * Begins to listen.
   *
   * @throws BindException with the address in its message, where it is taken, forbidden or unknown
   */
  public static PgWireServer start(PgWireSettings settings, SqlSessions sessions)
      throws IOException {
    ServerSocket door = new ServerSocket();
    try {
      door.setReuseAddress(true);
      door.bind(new InetSocketAddress(settings.host(), settings.port()), BACKLOG);
    } catch (IOException e) {
      door.close();
      BindException failure =
          new BindException(
              "cannot listen on %s:%d: %s"
                  .formatted(settings.host(), settings.port(), e.getMessage()));
      failure.initCause(e);
      throw failure;
    }
    PgWireServer server = new PgWireServer(settings, sessions, door);
    Thread.ofVirtual().name("pgwire-door-" + server.address().getPort()).start(server::accept);
    return server;
  }

  /** Where it listens: with the real port where any was asked for. */
  public InetSocketAddress address() {
    return (InetSocketAddress) door.getLocalSocketAddress();
  }

  /** How many connections there are, those that are starting up included. */
  public int connectionCount() {
    return connections.size();
  }

  private void accept() {
    while (!closed) {
      try {
        welcome(door.accept());
      } catch (IOException e) {
        if (!closed) { // out of file descriptors, most likely: those who are here are still served
          LOG.warn("Could not take a connection: {}", e.toString());
          LockSupport.parkNanos(PAUSE_AFTER_FAILED_ACCEPT_NANOS);
        }
      }
    }
  }

  private void welcome(Socket socket) throws IOException {
    if (connections.size() >= settings.maxConnections() + STARTING_EXTRA) {
      refuse(socket);
      return;
    }
    Connection connection = new Connection(this, socket);
    Thread thread =
        Thread.ofVirtual()
            .name("pgwire-" + socket.getRemoteSocketAddress())
            .unstarted(
                () -> {
                  try {
                    connection.run();
                  } finally {
                    connections.remove(connection);
                  }
                });
    connections.put(connection, thread);
    thread.start();
    if (closed) {
      connection.stop();
    }
  }

  /** A few bytes into an empty send buffer: this does not wait for the client. */
  private static void refuse(Socket socket) throws IOException {
    try (socket) {
      BackendMessages out = new BackendMessages(new OutputBuffer(socket.getOutputStream()));
      out.report(tooManyClients());
      out.flush();
    } catch (ConnectionLostException e) {
      LOG.debug("A client that was refused is gone already");
    }
  }

  static SqlMessage tooManyClients() {
    return SqlMessage.error("53300", "sorry, too many clients already")
        .withSeverity(Severity.FATAL);
  }

  /**
   * Stops: no new client; running statements are cancelled; every client is told so (57P01). A
   * client that does not read, or a statement that does not end, is cut off after 5 seconds.
   */
  @Override
  public void close() {
    closed = true;
    try {
      door.close();
    } catch (IOException e) {
      LOG.warn("Could not close the door: {}", e.toString());
    }
    connections.keySet().forEach(Connection::stop);
    if (!awaitEnd(STOP_TIMEOUT)) {
      connections.keySet().forEach(Connection::abort);
      if (!awaitEnd(ABORT_TIMEOUT)) {
        LOG.warn("{} statements still run after the wire server's stop", connections.size());
      }
    }
  }

  private boolean awaitEnd(Duration timeout) {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    try {
      for (Thread thread : connections.values()) {
        long leftNanos = deadlineNanos - System.nanoTime();
        if (!thread.join(Duration.ofNanos(Math.max(leftNanos, 0)))) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return true;
  }

  PgWireSettings settings() {
    return settings;
  }

  SqlSessions sessions() {
    return sessions;
  }

  Authentication authentication() {
    return authentication;
  }

  CancelKeys cancelKeys() {
    return cancelKeys;
  }

  Semaphore places() {
    return places;
  }
}

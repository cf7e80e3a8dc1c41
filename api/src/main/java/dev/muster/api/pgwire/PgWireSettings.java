package dev.muster.api.pgwire;

import java.time.Duration;

/**
 * How a wire server listens and what it puts up with.
 *
 * @param host the name or address to listen at
 * @param port 0 for any free one
 * @param internal whether this is the internal door, for {@code mz_system} alone
 * @param maxConnections sessions at a time; further clients are refused with SQLSTATE 53300
 * @param maxMessageBytes the longest message of a client
 * @param startupTimeout how long a client may take from connecting until it is authenticated
 */
public record PgWireSettings(
    String host,
    int port,
    boolean internal,
    int maxConnections,
    int maxMessageBytes,
    Duration startupTimeout) {
  public static final int DEFAULT_MAX_CONNECTIONS = 5000;
  public static final int DEFAULT_MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
  public static final Duration DEFAULT_STARTUP_TIMEOUT = Duration.ofSeconds(60);

  public PgWireSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port %d is not between 0 and 65535".formatted(port));
    }
    if (maxConnections < 1 || maxMessageBytes < 1024 || startupTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("limits of the wire server are too low");
    }
  }

  /** The public door with the default limits. */
  public static PgWireSettings of(String host, int port) {
    return new PgWireSettings(
        host,
        port,
        false,
        DEFAULT_MAX_CONNECTIONS,
        DEFAULT_MAX_MESSAGE_BYTES,
        DEFAULT_STARTUP_TIMEOUT);
  }

  public PgWireSettings asInternal() {
    return new PgWireSettings(host, port, true, maxConnections, maxMessageBytes, startupTimeout);
  }

  public PgWireSettings withMaxConnections(int connections) {
    return new PgWireSettings(host, port, internal, connections, maxMessageBytes, startupTimeout);
  }

  public PgWireSettings withMaxMessageBytes(int bytes) {
    return new PgWireSettings(host, port, internal, maxConnections, bytes, startupTimeout);
  }

  public PgWireSettings withStartupTimeout(Duration timeout) {
    return new PgWireSettings(host, port, internal, maxConnections, maxMessageBytes, timeout);
  }
}

package dev.muster.api.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers over HTTP, in plain text.
 *
 * <pre>
 *   GET /        what there is
 *   GET /alive   200, or 503 with the reason: restart me
 *   GET /ready   200, or 503 with the reason: give me no work
 *   GET /node    what this node is and has, name=value on each line
 * </pre>
 *
 * <p>Any other path is 404, any other method 405.
 */
public final class HttpDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
  private static final int BACKLOG = 256;
  private static final int STOP_WITHIN_SECONDS = 0;
  private static final String INDEX =
      """
      Muster

      /alive   whether this process should go on
      /ready   whether it can serve
      /node    what this node is and has
      """;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Health health;

  private record Page(int status, String text) {}

  private HttpDoor(HttpServer server, Health health) {
    this.server = server;
    this.health = health;
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any free one
   * @throws BindException with the address in its message, where it is taken, forbidden or unknown
   */
  public static HttpDoor start(String host, int port, Health health) throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
    } catch (IOException | java.nio.channels.UnresolvedAddressException e) {
      BindException failure =
          new BindException("cannot listen on %s:%d: %s".formatted(host, port, e.getMessage()));
      failure.initCause(e);
      throw failure;
    }
    HttpDoor door = new HttpDoor(server, health);
    server.setExecutor(door.threads);
    server.createContext("/", door::answer);
    server.start();
    return door;
  }

  /** Where it listens: with the real port where any was asked for. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean read = exchange.getRequestMethod().matches("GET|HEAD");
      Page page = read ? page(exchange.getRequestURI().getPath()) : methodNotAllowed(exchange);
      byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        exchange.sendResponseHeaders(page.status(), -1);
      } else {
        exchange.sendResponseHeaders(page.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Page page(String path) {
    try {
      return switch (path) {
        case "/" -> new Page(200, INDEX);
        case "/alive" -> state("alive", health.notAliveBecause());
        case "/ready" -> state("ready", health.notReadyBecause());
        case "/node" -> new Page(200, health.description());
        default -> new Page(404, "not found\n");
      };
    } catch (RuntimeException e) {
      LOG.error("A page failed in a way that it should not: {}", path, e);
      return new Page(500, "internal error; see the server's log\n");
    }
  }

  private static Page state(String word, Optional<String> notBecause) {
    return notBecause
        .map(reason -> new Page(503, "not %s: %s\n".formatted(word, reason)))
        .orElseGet(() -> new Page(200, word + "\n"));
  }

  private static Page methodNotAllowed(HttpExchange exchange) {
    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
    return new Page(405, "method not allowed\n");
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.stop(STOP_WITHIN_SECONDS);
    threads.shutdownNow();
  }
}

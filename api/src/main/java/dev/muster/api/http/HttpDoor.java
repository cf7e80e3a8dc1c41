package dev.muster.api.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers over HTTP, in plain text.
 *
 * <pre>
 *   GET /         what there is
 *   GET /alive    200, or 503 with the reason: restart me
 *   GET /ready    200, with what it cannot do all the same; or 503 with the reason: give me no work
 *   GET /node     what this node is and has, name=value on each line
 *   GET /states   digests of the entities' states, for whoever verifies the journal
 *   GET /metrics  what is measured, for Prometheus; compressed where the client takes that
 * </pre>
 *
 * <p>Any other path is 404, any other method 405.
 */
public final class HttpDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
  private static final int BACKLOG = 256;
  private static final int STOP_WITHIN_SECONDS = 0;
  private static final int COMPRESSED_FROM_BYTES = 2_048;
  private static final String INDEX =
      """
      Muster

      /alive    whether this process should go on
      /ready    whether it can serve
      /node     what this node is and has
      /states   digests of the entities' states, for whoever verifies the journal
      /metrics  what is measured, for Prometheus
      """;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Health health;
  private final MetricsPage metrics;

  private record Page(int status, String contentType, byte[] body) {
    static Page text(int status, String text) {
      return new Page(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private HttpDoor(HttpServer server, Health health, MetricsPage metrics) {
    this.server = server;
    this.health = health;
    this.metrics = metrics;
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any free one
   * @throws BindException with the address in its message, where it is taken, forbidden or unknown
   */
  public static HttpDoor start(String host, int port, Health health, MetricsPage metrics)
      throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
    } catch (IOException | java.nio.channels.UnresolvedAddressException e) {
      BindException failure =
          new BindException("cannot listen on %s:%d: %s".formatted(host, port, e.getMessage()));
      failure.initCause(e);
      throw failure;
    }
    HttpDoor door = new HttpDoor(server, health, metrics);
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
      Page page = read ? page(exchange) : methodNotAllowed(exchange);
      byte[] body = page.body();
      exchange.getResponseHeaders().set("Content-Type", page.contentType());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      if (body.length >= COMPRESSED_FROM_BYTES && takesGzip(exchange)) {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        body = gzip(body);
      }
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        exchange.sendResponseHeaders(page.status(), -1);
      } else {
        exchange.sendResponseHeaders(page.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Page page(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    try {
      return switch (path) {
        case "/" -> Page.text(200, INDEX);
        case "/alive" -> state("alive", health.notAliveBecause());
        case "/ready" -> readiness();
        case "/node" -> Page.text(200, health.description());
        case "/states" -> Page.text(200, health.states());
        case "/metrics" -> metrics(exchange.getRequestHeaders().getFirst("Accept"));
        default -> Page.text(404, "not found\n");
      };
    } catch (RuntimeException e) {
      LOG.error("A page failed in a way that it should not: {}", path, e);
      return Page.text(500, "internal error; see the server's log\n");
    }
  }

  private Page metrics(String accepted) {
    MetricsPage.Rendered rendered = metrics.render(accepted);
    return new Page(200, rendered.contentType(), rendered.body());
  }

  private Page readiness() {
    Page page = state("ready", health.notReadyBecause());
    if (page.status() != 200) {
      return page;
    }
    StringBuilder text = new StringBuilder("ready\n");
    health.restrictions().forEach(line -> text.append("but ").append(line).append('\n'));
    return Page.text(200, text.toString());
  }

  private static Page state(String word, Optional<String> notBecause) {
    return notBecause
        .map(reason -> Page.text(503, "not %s: %s\n".formatted(word, reason)))
        .orElseGet(() -> Page.text(200, word + "\n"));
  }

  private static Page methodNotAllowed(HttpExchange exchange) {
    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
    return Page.text(405, "method not allowed\n");
  }

  private static boolean takesGzip(HttpExchange exchange) {
    String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    return accepted != null && accepted.contains("gzip");
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(body);
    }
    return compressed.toByteArray();
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.stop(STOP_WITHIN_SECONDS);
    threads.shutdownNow();
  }
}

package dev.muster.replicad;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * The replica's HTTP side, on the loopback address only.
 *
 * <pre>
 *   GET  /livez       200 as long as the process can answer
 *   GET  /readyz      200 once hydrated, 503 before
 *   GET  /hydration   {"replicaId", "objectsDone", "objectsTotal", "bytes", "peakMemoryBytes",
 *                      "hydrated", "error", "startedAt", "hydratedAt", "elapsedMillis"}
 *   POST /query       one SQL query in, {"columns", "rows", "cut"} out; 503 before hydration
 * </pre>
 */
final class HttpApi {
  private static final int QUERY_BYTES = 1 << 20;

  private final HttpServer server;
  private final Progress progress;
  private volatile Optional<Engine> engine = Optional.empty();

  private record Answer(int status, String type, String body) {
    static Answer text(int status, String body) {
      return new Answer(status, "text/plain; charset=utf-8", body + "\n");
    }

    static Answer json(int status, String body) {
      return new Answer(status, "application/json", body + "\n");
    }
  }

  private interface Endpoint {
    Answer answer(HttpExchange exchange) throws IOException;
  }

  private HttpApi(HttpServer server, Progress progress) {
    this.server = server;
    this.progress = progress;
  }

  /** Binds the port and answers from now on; queries once {@link #serve} was called. */
  static HttpApi start(InetSocketAddress address, Progress progress) throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    HttpApi api = new HttpApi(server, progress);
    api.on("/livez", exchange -> Answer.text(200, "live"));
    api.on("/readyz", exchange -> api.readiness());
    api.on("/hydration", exchange -> api.hydration());
    api.on("/query", api::query);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return api;
  }

  int port() {
    return server.getAddress().getPort();
  }

  void serve(Engine hydrated) {
    engine = Optional.of(hydrated);
  }

  void stop() {
    server.stop(0);
  }

  private void on(String path, Endpoint endpoint) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            Answer answer =
                exchange.getRequestURI().getPath().equals(path)
                    ? endpoint.answer(exchange)
                    : Answer.text(404, "no such page");
            send(exchange, answer);
          }
        });
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private Answer readiness() {
    return progress.reading().hydrated()
        ? Answer.text(200, "ready")
        : Answer.text(503, "not hydrated yet");
  }

  private Answer hydration() {
    Progress.Reading reading = progress.reading();
    return Answer.json(
        200,
        Json.object()
            .put("replicaId", reading.replicaId())
            .put("objectsDone", reading.objectsDone())
            .put("objectsTotal", reading.objectsTotal())
            .put("bytes", reading.bytes())
            .put("peakMemoryBytes", PeakMemory.bytes())
            .put("hydrated", reading.hydrated())
            .put("error", reading.error().orElse(null))
            .put("startedAt", progress.startedAt().toString())
            .put("hydratedAt", reading.end().map(end -> end.at().toString()).orElse(null))
            .put("elapsedMillis", progress.elapsed().toMillis())
            .text());
  }

  private Answer query(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return Answer.text(405, "POST a query");
    }
    Optional<Engine> serving = engine;
    if (serving.isEmpty()) {
      return Answer.text(503, "not hydrated yet");
    }
    byte[] sql = exchange.getRequestBody().readNBytes(QUERY_BYTES + 1);
    if (sql.length > QUERY_BYTES) {
      return Answer.text(413, "a query has at most " + QUERY_BYTES + " bytes");
    }
    try {
      Engine.Rows rows = serving.get().query(new String(sql, StandardCharsets.UTF_8));
      return Answer.json(
          200,
          Json.object()
              .put("columns", rows.columns())
              .put("rows", rows.rows())
              .put("cut", rows.cut())
              .text());
    } catch (SQLException e) {
      return Answer.json(400, Json.object().put("error", e.getMessage()).text());
    }
  }
}

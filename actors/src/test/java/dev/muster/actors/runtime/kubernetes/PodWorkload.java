package dev.muster.actors.runtime.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A workload that answers as a pod's does, on a loopback address of its own. */
final class PodWorkload implements AutoCloseable {
  private final HttpServer server;
  private volatile boolean hydrated;
  private volatile boolean hung;

  PodWorkload(String address, int port) throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(address, port), 0);
    server.createContext("/livez", exchange -> answer(exchange, "alive"));
    server.createContext("/hydration", exchange -> answer(exchange, hydration()));
    server.start();
  }

  void hydrate() {
    hydrated = true;
  }

  /** It takes questions, and answers none. */
  void hang() {
    hung = true;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private String hydration() {
    return """
    {"objectsDone": %d, "objectsTotal": 3, "bytes": 300, "peakMemoryBytes": 1000, "hydrated": %s}
    """
        .formatted(hydrated ? 3 : 1, hydrated);
  }

  private void answer(HttpExchange exchange, String text) throws IOException {
    if (hung) {
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    try (var body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

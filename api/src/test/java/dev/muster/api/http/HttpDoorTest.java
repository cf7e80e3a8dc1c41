package dev.muster.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.metrics.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpDoorTest {
  private final FakeHealth health = new FakeHealth();
  private final Metrics metrics = new Metrics();
  private HttpDoor door;
  private HttpClient client;

  private static final class FakeHealth implements Health {
    private volatile Optional<String> notAlive = Optional.empty();
    private volatile Optional<String> notReady = Optional.empty();
    private volatile List<String> restrictions = List.of();

    @Override
    public List<String> restrictions() {
      return restrictions;
    }

    @Override
    public Optional<String> notAliveBecause() {
      return notAlive;
    }

    @Override
    public Optional<String> notReadyBecause() {
      if (notReady.equals(Optional.of("crash"))) {
        throw new IllegalStateException("a defect that clients must not see");
      }
      return notReady;
    }
  }

  @BeforeEach
  void start() throws IOException {
    door = HttpDoor.start("127.0.0.1", 0, health, metrics);
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    client.close();
    door.close();
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + door.address().getPort() + path);
    return client.send(
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  private void assertAnswer(int status, String body, HttpResponse<String> answer) {
    assertEquals(body, answer.body());
    assertEquals(status, answer.statusCode());
  }

  @Test
  void healthyIsAliveAndReady() throws Exception {
    assertAnswer(200, "alive\n", send("GET", "/alive"));
    assertAnswer(200, "ready\n", send("GET", "/ready"));
  }

  @Test
  void readyButForSomeWorkSaysWhatItCannotDo() throws Exception {
    health.restrictions = List.of("cluster u1 cannot be read: why");
    assertAnswer(200, "ready\nbut cluster u1 cannot be read: why\n", send("GET", "/ready"));
    health.notReady = Optional.of("stopping");
    assertAnswer(503, "not ready: stopping\n", send("GET", "/ready"));
  }

  @Test
  void unreadyIsStillAliveAndSaysWhy() throws Exception {
    health.notReady = Optional.of("the journal is being read");
    assertAnswer(200, "alive\n", send("GET", "/alive"));
    assertAnswer(503, "not ready: the journal is being read\n", send("GET", "/ready"));
  }

  @Test
  void notAliveSaysWhy() throws Exception {
    health.notAlive = Optional.of("the disk is gone");
    assertAnswer(503, "not alive: the disk is gone\n", send("GET", "/alive"));
  }

  @Test
  void indexNamesThePages() throws Exception {
    HttpResponse<String> index = send("GET", "/");
    assertEquals(200, index.statusCode());
    assertTrue(index.body().contains("/alive") && index.body().contains("/ready"));
  }

  @Test
  void metricsAreTextInTheFormThatIsAskedFor() throws Exception {
    HttpResponse<String> plain = send("GET", "/metrics");
    assertEquals(200, plain.statusCode());
    assertTrue(plain.headers().firstValue("Content-Type").orElseThrow().startsWith("text/plain"));
    assertTrue(plain.body().contains("# TYPE muster_journal_events_total counter"), plain.body());
    assertTrue(plain.body().contains("jvm_threads_current"), plain.body());
    HttpRequest open =
        HttpRequest.newBuilder(plain.uri())
            .header("Accept", "application/openmetrics-text; version=1.0.0")
            .build();
    assertTrue(client.send(open, BodyHandlers.ofString()).body().endsWith("# EOF\n"));
  }

  @Test
  void metricsAreCompressedForWhoTakesThat() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + door.address().getPort() + "/metrics");
    HttpResponse<InputStream> answer =
        client.send(
            HttpRequest.newBuilder(uri).header("Accept-Encoding", "gzip").build(),
            BodyHandlers.ofInputStream());
    assertEquals(Optional.of("gzip"), answer.headers().firstValue("Content-Encoding"));
    String text = new String(new GZIPInputStream(answer.body()).readAllBytes(), UTF_8);
    assertTrue(text.contains("muster_journal_events_total"), text);
  }

  @Test
  void unknownPathIsNotFound() throws Exception {
    assertAnswer(404, "not found\n", send("GET", "/alive/or/not"));
  }

  @Test
  void onlyReadingIsAllowed() throws Exception {
    HttpResponse<String> answer = send("POST", "/ready");
    assertAnswer(405, "method not allowed\n", answer);
    assertEquals(Optional.of("GET, HEAD"), answer.headers().firstValue("Allow"));
  }

  @Test
  void headHasNoBody() throws Exception {
    HttpResponse<String> answer = send("HEAD", "/ready");
    assertAnswer(200, "", answer);
    assertEquals(Optional.of("6"), answer.headers().firstValue("Content-Length"));
  }

  @Test
  void aDefectShowsNoStackTrace() throws Exception {
    health.notReady = Optional.of("crash");
    assertAnswer(500, "internal error; see the server's log\n", send("GET", "/ready"));
  }

  @Test
  void busyPortIsNamed() {
    int port = door.address().getPort();
    BindException failure =
        assertThrows(BindException.class, () -> HttpDoor.start("127.0.0.1", port, health, metrics));
    assertTrue(failure.getMessage().contains("127.0.0.1:" + port), failure.getMessage());
  }
}

package dev.muster.actors.runtime.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Asks a workload over HTTP. One request a connection, a bounded answer, no client library: a probe
 * of a few bytes on a virtual thread.
 */
public record Probe(InetSocketAddress address, Duration timeout) {
  private static final int ANSWER_BYTES = 64 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What {@code /hydration} says.
   *
   * @param replicaId the replica that answers, where the workload says so
   * @param startedAt when it began to answer and to hydrate, where it says so
   * @param hydratedAt when it had hydrated, where it has and says so
   * @param elapsed from {@code startedAt} until then, or until now, where it says so
   */
  public record Hydration(
      long objectsDone,
      long objectsTotal,
      long bytes,
      long peakMemoryBytes,
      boolean hydrated,
      Optional<String> replicaId,
      Optional<Instant> startedAt,
      Optional<Instant> hydratedAt,
      Optional<Duration> elapsed) {
    /** What is known of a workload that has not said anything. */
    public static final Hydration UNKNOWN =
        new Hydration(
            0,
            0,
            0,
            0,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  private record Answer(int status, String body) {}

  /** Whether {@code /livez} answers with a 2xx. */
  public boolean isLive() {
    return ask("/livez").filter(answer -> answer.status() / 100 == 2).isPresent();
  }

  public Optional<Hydration> hydration() {
    return ask("/hydration").filter(answer -> answer.status() == 200).flatMap(Probe::parsed);
  }

  private static Optional<Hydration> parsed(Answer answer) {
    try {
      JsonNode json = JSON.readTree(answer.body());
      return Optional.of(
          new Hydration(
              json.path("objectsDone").asLong(),
              json.path("objectsTotal").asLong(),
              json.path("bytes").asLong(),
              json.path("peakMemoryBytes").asLong(),
              json.path("hydrated").asBoolean(),
              Optional.ofNullable(json.path("replicaId").asText(null)),
              instant(json.path("startedAt")),
              instant(json.path("hydratedAt")),
              WorkloadTimes.elapsed(json.path("elapsedMillis").asLong(-1))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** As ISO 8601 has it, in UTC; whatever is no such text is nothing. */
  private static Optional<Instant> instant(JsonNode text) {
    try {
      return Optional.ofNullable(text.textValue()).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Optional<Answer> ask(String path) {
    int timeoutMillis = (int) timeout.toMillis();
    try (Socket socket = new Socket()) {
      socket.connect(address, timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      String request = "GET " + path + " HTTP/1.0\r\nHost: replica\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] bytes = socket.getInputStream().readNBytes(ANSWER_BYTES);
      return answer(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Answer> answer(String text) {
    int headEnd = text.indexOf("\r\n\r\n");
    String[] status = text.split(" ", 3);
    if (headEnd < 0 || status.length < 3 || !status[1].matches("[1-5][0-9][0-9]")) {
      return Optional.empty();
    }
    return Optional.of(new Answer(Integer.parseInt(status[1]), text.substring(headEnd + 4)));
  }
}

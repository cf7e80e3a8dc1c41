package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real Prometheus with the configuration and the rules of {@code deploy/monitoring}, but in a
 * hurry: it scrapes and evaluates each second, and alerts wait for nothing.
 */
final class PrometheusServer implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("msg=\"Listening on\" address=(\\S+)");

  private final Path folder;
  private final Process process;
  private final String address;
  private final HttpClient client = HttpClient.newHttpClient();

  private PrometheusServer(Path folder, Process process, String address) {
    this.folder = folder;
    this.process = process;
    this.address = address;
  }

  /**
   * @param monitoring the folder with the committed files
   * @param target whose {@code /metrics} are scraped
   */
  static PrometheusServer of(Path monitoring, InetSocketAddress target) throws IOException {
    Path folder = Files.createTempDirectory("muster-prometheus");
    Path config = monitoring.resolve("prometheus");
    Path settings =
        replaced(
            replaced(config.resolve("prometheus.yml"), folder, "15s", "1s"),
            folder,
            "localhost:6878",
            target.getAddress().getHostAddress() + ":" + target.getPort());
    replaced(config.resolve("muster-alerts.yml"), folder, "(?m)^( +for:).*$", "$1 0s");
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + settings,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      return new PrometheusServer(folder, process, Await.value("address", () -> address(log)));
    } catch (AssertionError silent) {
      process.destroyForcibly();
      throw new AssertionError(Files.readString(log), silent);
    }
  }

  /** A copy in the folder. It must have what is to be replaced. */
  private static Path replaced(Path file, Path folder, String what, String by) throws IOException {
    String before = Files.readString(file);
    String after = before.replaceAll(what, by);
    assertNotEquals(before, after, () -> what + " in " + file);
    return Files.writeString(folder.resolve(file.getFileName()), after);
  }

  private static Optional<String> address(Path log) throws IOException {
    Matcher line = ADDRESS.matcher(Files.readString(log));
    return line.find() ? Optional.of(line.group(1)) : Optional.empty();
  }

  /**
   * @param path such as {@code alerts}, below {@code /api/v1/}
   */
  JsonNode ask(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/api/v1/" + path)).build();
    JsonNode answer =
        new ObjectMapper().readTree(client.send(request, BodyHandlers.ofString()).body());
    if (!answer.path("status").asText().equals("success")) {
      throw new AssertionError(path + ": " + answer);
    }
    return answer.get("data");
  }

  /** Whether each rule could be evaluated. */
  boolean understandsAllRules() throws IOException, InterruptedException {
    List<String> healths = ask("rules").findValuesAsText("health");
    return !healths.isEmpty() && healths.stream().allMatch("ok"::equals);
  }

  /** Whether the alert fires, in any of its series. */
  boolean fires(String alert) throws IOException, InterruptedException {
    for (JsonNode one : ask("alerts").get("alerts")) {
      if (one.at("/labels/alertname").asText().equals(alert)
          && one.get("state").asText().equals("firing")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    client.close();
    Folders.delete(folder);
  }
}

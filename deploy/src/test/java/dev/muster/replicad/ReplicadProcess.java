package dev.muster.replicad;

import dev.muster.deploy.workload.BundledWorkload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A replicad of a test, as a process of its own on any port. */
final class ReplicadProcess implements AutoCloseable {
  /** Shared by the tests, so that the native library is unpacked once. */
  private static final Path CACHE = Path.of("target", "test-workload");

  private static final Pattern PORT = Pattern.compile("hydrates, port (\\d+)");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Path output;

  private ReplicadProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static ReplicadProcess start(Path directory, String script) throws IOException {
    Path file = Files.writeString(directory.resolve("hydrate.sql"), script);
    return start(directory, List.of("MUSTER_HYDRATION_SCRIPT=" + file));
  }

  static ReplicadProcess start(Path directory, List<String> environment) throws IOException {
    Path output = Files.createTempFile(directory, "replicad", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(BundledWorkload.command(CACHE))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("MUSTER_REPLICA_ID", "u1-1");
    for (String entry : environment) {
      builder.environment().put(entry.split("=", 2)[0], entry.split("=", 2)[1]);
    }
    return new ReplicadProcess(builder.start(), output);
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    return CLIENT.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> query(String sql) throws IOException, InterruptedException {
    return CLIENT.send(
        request("/query").POST(HttpRequest.BodyPublishers.ofString(sql)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) throws IOException, InterruptedException {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path));
  }

  private int port() throws IOException, InterruptedException {
    await(PORT.asPredicate());
    Matcher matcher = PORT.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("replicad ended: " + output());
    }
    return Integer.parseInt(matcher.group(1));
  }

  void awaitHydrated() throws IOException, InterruptedException {
    await(text -> text.contains("hydrated in "));
    if (ask("/readyz").statusCode() != 200) {
      throw new AssertionError("not ready: " + output());
    }
  }

  private void await(Predicate<String> condition) throws IOException, InterruptedException {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.test(output()) && System.nanoTime() < endNanos) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  /** The file that the database engine is mapped from. */
  String nativeLibrary() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/maps"))) {
      return lines
          .filter(line -> line.contains("duckdb_java"))
          .map(line -> line.substring(line.indexOf('/')))
          .findFirst()
          .orElseThrow();
    }
  }

  void terminate() {
    process.destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("replicad does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

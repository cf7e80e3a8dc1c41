package dev.muster.deploy;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.verify.LiveState;
import dev.muster.journal.verify.StateDigest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a running node tells whoever verifies the journal: the digests of what its entities are. */
public final class RunningNode {
  private static final String FIRST_LINE = "muster states 1 of ";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private RunningNode() {}

  static String states(Path dataDirectory, CatalogSnapshot snapshot) {
    StringBuilder text = new StringBuilder(firstLine(dataDirectory)).append('\n');
    if (snapshot.environment().state().environmentId().isPresent()) {
      line(
          text,
          PersistenceIds.environment(),
          snapshot.environment().sequenceNumber(),
          snapshot.environment().state());
    }
    snapshot
        .clusters()
        .forEach(
            (id, published) ->
                line(
                    text,
                    PersistenceIds.cluster(id),
                    published.sequenceNumber(),
                    published.state()));
    return text.toString();
  }

  private static void line(StringBuilder text, String entity, long number, Object state) {
    text.append(entity).append(' ').append(number).append(' ').append(StateDigest.of(state));
    text.append('\n');
  }

  private static String firstLine(Path dataDirectory) {
    return FIRST_LINE + dataDirectory.toAbsolutePath().normalize();
  }

  /** What the Muster says that runs on a data directory; empty where none does. */
  public static Optional<Map<String, LiveState>> of(Path dataDirectory) {
    try {
      Optional<NodeAddresses> addresses = NodeAddresses.find(dataDirectory);
      if (addresses.isEmpty()) {
        return Optional.empty();
      }
      List<String> lines = ask(HostAndPort.of(addresses.get().http()).text());
      return !lines.isEmpty() && lines.getFirst().equals(firstLine(dataDirectory))
          ? Optional.of(parse(lines))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException nobody) {
      return Optional.empty();
    }
  }

  /**
   * What a node says, wherever it runs.
   *
   * @throws IOException where it does not answer
   */
  public static Map<String, LiveState> at(String address) throws IOException {
    List<String> lines = ask(address);
    if (lines.isEmpty() || !lines.getFirst().startsWith(FIRST_LINE)) {
      throw new IOException("what answers at " + address + " is no Muster");
    }
    return parse(lines);
  }

  private static List<String> ask(String address) throws IOException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + address + "/states"))
              .timeout(PATIENCE)
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body().lines().toList();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private static Map<String, LiveState> parse(List<String> lines) throws IOException {
    Map<String, LiveState> states = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split(" ");
      if (parts.length != 3) {
        throw new IOException("not understood: " + line);
      }
      states.put(parts[0], new LiveState(Long.parseLong(parts[1]), parts[2]));
    }
    return states;
  }
}

package dev.muster.deploy.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that runs a replica, known to the operating system by the environment that the workload
 * contract gives it, whoever started it.
 *
 * @param incarnation counts the starts of the replica, from 1; 0 where nobody has said
 * @param httpPort of loopback, on which it answers
 */
public record WorkloadProcess(long pid, String replicaId, long incarnation, int httpPort) {
  private static final Path PROCESSES = Path.of("/proc");

  /** All that run for a data directory. */
  public static List<WorkloadProcess> of(Path dataDirectory) {
    String marker = dataDirectory.toString();
    List<WorkloadProcess> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
      for (Path entry : entries) {
        Map<String, String> environment = environment(entry);
        if (marker.equals(environment.get("MUSTER_DATA_DIR"))) {
          replica(Long.parseLong(entry.getFileName().toString()), environment)
              .ifPresent(found::add);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("processes cannot be listed", failure);
    }
    return found;
  }

  /** Empty for what a workload has started and told only a part of its environment. */
  private static Optional<WorkloadProcess> replica(long pid, Map<String, String> environment) {
    String id = environment.get("MUSTER_REPLICA_ID");
    String port = environment.get("MUSTER_HTTP_PORT");
    if (id == null || port == null) {
      return Optional.empty();
    }
    long incarnation = Long.parseLong(environment.getOrDefault("MUSTER_INCARNATION", "0"));
    return Optional.of(new WorkloadProcess(pid, id, incarnation, Integer.parseInt(port)));
  }

  private static Map<String, String> environment(Path process) {
    Map<String, String> environment = new HashMap<>();
    try {
      String all = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
      for (String entry : all.split("\0")) {
        int equals = entry.indexOf('=');
        if (equals > 0) {
          environment.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
      }
    } catch (IOException goneOrForeign) {
      return Map.of();
    }
    return environment;
  }

  /** Whether it runs for a replica of this cluster. */
  public boolean isOf(String clusterId) {
    return replicaId.startsWith(clusterId + "-");
  }

  /** SIGKILL; nothing where it has ended. */
  public void kill9() {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }
}

package dev.muster.deploy.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A process that runs a replica, known by the environment that the workload contract gives it.
 *
 * @param incarnation counts the starts of the replica, from 1
 */
record ReplicaProcess(long pid, String replicaId, long incarnation) {
  /** All that run for a data directory, as the operating system tells, not Muster. */
  static List<ReplicaProcess> of(Path dataDirectory) {
    List<ReplicaProcess> found = new ArrayList<>();
    ProcessHandle.allProcesses()
        .forEach(
            process -> {
              Map<String, String> environment = environment(process.pid());
              if (dataDirectory.toString().equals(environment.get("MUSTER_DATA_DIR"))
                  && process.isAlive()) {
                found.add(
                    new ReplicaProcess(
                        process.pid(),
                        environment.get("MUSTER_REPLICA_ID"),
                        Long.parseLong(environment.get("MUSTER_INCARNATION"))));
              }
            });
    return found;
  }

  void kill9() {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  private static Map<String, String> environment(long pid) {
    Map<String, String> environment = new HashMap<>();
    try {
      String all =
          Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
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
}

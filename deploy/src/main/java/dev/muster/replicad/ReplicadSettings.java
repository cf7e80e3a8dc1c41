package dev.muster.replicad;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says.
 *
 * @param address where to answer; port 0 takes any
 * @param memoryBytes what the whole process may use
 * @param threads that queries may use
 * @param script the hydration script; empty takes the built-in one
 */
record ReplicadSettings(
    String replicaId,
    InetSocketAddress address,
    long memoryBytes,
    int threads,
    Optional<Path> script) {
  private static final long NANO_CORES = 1_000_000_000L;
  private static final long DEFAULT_MEMORY_BYTES = 256L << 20;

  static ReplicadSettings of(Map<String, String> environment) {
    return new ReplicadSettings(
        environment.getOrDefault("MUSTER_REPLICA_ID", "-"),
        new InetSocketAddress(
            environment.getOrDefault("MUSTER_HTTP_HOST", "127.0.0.1"),
            (int) number(environment, "MUSTER_HTTP_PORT", 0)),
        number(environment, "MUSTER_MEMORY_BYTES", DEFAULT_MEMORY_BYTES),
        threads(number(environment, "MUSTER_CPU_NANO_CORES", NANO_CORES)),
        Optional.ofNullable(environment.get("MUSTER_HYDRATION_SCRIPT"))
            .filter(path -> !path.isEmpty())
            .map(Path::of));
  }

  private static int threads(long cpuNanoCores) {
    long cores = Math.min(cpuNanoCores / NANO_CORES, Runtime.getRuntime().availableProcessors());
    return (int) Math.max(1, cores);
  }

  private static long number(Map<String, String> environment, String name, long otherwise) {
    String text = environment.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a number: " + text, e);
    }
  }
}

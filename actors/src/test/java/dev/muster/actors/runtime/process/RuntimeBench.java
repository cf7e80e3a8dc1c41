package dev.muster.actors.runtime.process;

import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.workload.WatchSettings;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Orders, settings and a listener for the tests of the process runtime. */
final class RuntimeBench {
  static final ReplicaSize SIZE =
      new ReplicaSize("25cc", 1, 1, 500_000_000L, 4L << 30, 8L << 30, BigDecimal.ONE, true);

  static final Duration LIVENESS_INTERVAL = Duration.ofMillis(200);
  static final Duration LIVENESS_TIMEOUT = Duration.ofSeconds(1);

  private static final Duration GRACE = Duration.ofSeconds(20);

  /** In which a replica must answer for the first time. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private RuntimeBench() {}

  static ReplicaId id(long number) {
    return new ReplicaId("u1-" + number);
  }

  static ReplicaOrder order(ReplicaId id, long incarnation) {
    return new ReplicaOrder(id, incarnation, "r1", "az1", SIZE, ReplicaSettings.DEFAULT);
  }

  static ProcessSettings settings(Path dataDirectory, String mode) {
    return settings(dataDirectory, GRACE, javaCommand(mode));
  }

  static List<String> javaCommand(String mode) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx16m",
        "-XX:MaxDirectMemorySize=1g",
        "-XX:+ExitOnOutOfMemoryError",
        "-cp",
        Path.of("target", "test-classes").toAbsolutePath().toString(),
        TestWorkload.class.getName(),
        mode);
  }

  static ProcessSettings settings(Path dataDirectory, Duration grace, List<String> command) {
    return settings(
        dataDirectory, grace, command, watch(PATIENCE, LIVENESS_INTERVAL), Duration.ofSeconds(1));
  }

  /** Of one that must answer for the first time in so much. */
  static ProcessSettings settings(Path dataDirectory, String mode, Duration startTimeout) {
    return settings(
        dataDirectory,
        GRACE,
        javaCommand(mode),
        watch(startTimeout, LIVENESS_INTERVAL),
        Duration.ofSeconds(1));
  }

  static ProcessSettings settings(
      Path dataDirectory, String mode, Duration livenessInterval, Duration observationInterval) {
    return settings(
        dataDirectory,
        GRACE,
        javaCommand(mode),
        watch(PATIENCE, livenessInterval),
        observationInterval);
  }

  private static WatchSettings watch(Duration startTimeout, Duration livenessInterval) {
    return new WatchSettings(
        startTimeout, Duration.ofMillis(50), livenessInterval, LIVENESS_TIMEOUT, 3);
  }

  private static ProcessSettings settings(
      Path dataDirectory,
      Duration grace,
      List<String> command,
      WatchSettings watch,
      Duration observationInterval) {
    return new ProcessSettings(
        dataDirectory,
        command,
        Map.of(),
        0.0625,
        1 << 20,
        26_000,
        29_999,
        grace,
        watch,
        observationInterval,
        1 << 20,
        "auto",
        Duration.ofMillis(50));
  }
}

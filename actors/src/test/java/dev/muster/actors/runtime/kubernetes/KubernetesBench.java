package dev.muster.actors.runtime.kubernetes;

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
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the tests of this package have in common. */
final class KubernetesBench {
  static final ReplicaSize SIZE =
      new ReplicaSize("200cc", 2, 1, 500_000_000L, 4L << 30, 8L << 30, BigDecimal.ONE, true);

  static final WatchSettings WATCH =
      new WatchSettings(
          Duration.ofSeconds(60),
          Duration.ofMillis(20),
          Duration.ofMillis(50),
          Duration.ofMillis(500),
          3);

  /** Held, for the log manager does not: the mock tells of every request. */
  private static final Logger MOCK = Logger.getLogger("io.fabric8.mockwebserver");

  static {
    MOCK.setLevel(Level.WARNING);
  }

  private KubernetesBench() {}

  static ReplicaId id(long number) {
    return new ReplicaId("u1-" + number);
  }

  static ReplicaOrder order(ReplicaId id, long incarnation) {
    return order(id, incarnation, "az1");
  }

  static ReplicaOrder order(ReplicaId id, long incarnation, String zone) {
    return new ReplicaOrder(id, incarnation, "r1", zone, SIZE, ReplicaSettings.DEFAULT);
  }

  static KubernetesSettings settings(int port) {
    return settings(port, "muster", WATCH, Optional.empty());
  }

  static KubernetesSettings settings(
      int port, String installation, WatchSettings watch, Optional<Path> template) {
    return new KubernetesSettings(
        Optional.of("test"),
        installation,
        "registry.example.com/replica:1",
        List.of("replica", "--serve"),
        Map.of("EXTRA", "1"),
        template,
        "topology.kubernetes.io/zone",
        port,
        Duration.ofSeconds(2),
        Duration.ofMillis(100),
        watch);
  }
}
